package io.dockherd.apps.artifacts;

import io.dockherd.engine.BodyChunks;
import io.dockherd.failure.NotFound;
import io.dockherd.failure.Refused;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Downloads over http and https. A name is looked up once, what it leads to is held against the
 * rules, and that very address is connected to: a name that leads elsewhere the next moment leads
 * nowhere. So it is for every redirect.
 */
final class Download implements AutoCloseable {
  private static final int MOST_REDIRECTS = 5;
  private static final int CONNECT_MILLIS = 10_000;

  private final ArtifactRules rules;
  private final Names names;
  private final HttpClient http;

  /** Looks up a name. */
  @FunctionalInterface
  interface Names {
    List<InetAddress> lookUp(String name) throws UnknownHostException;
  }

  Download(Vertx vertx, ArtifactRules rules, Names names) {
    this.rules = rules;
    this.names = names;
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setKeepAlive(false)
                .setVerifyHost(true));
  }

  /** Fetches what is there into a file. */
  void fetch(URI from, Path into, Duration limit) {
    long until = System.nanoTime() + limit.toNanos();
    URI uri = from;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      HttpClientResponse response = ask(uri, left(uri, until));
      Optional<URI> next = redirect(uri, response);
      if (next.isEmpty()) {
        save(uri, response, into, until);
        return;
      }
      response.request().reset();
      uri = next.get();
    }
    throw new Refused(shown(from), shown(from) + " leads around in redirects", "");
  }

  private static Duration left(URI uri, long until) {
    long left = until - System.nanoTime();
    if (left <= 0) {
      throw new TimedOut(shown(uri), shown(uri) + " was not there in time", "");
    }
    return Duration.ofNanos(left);
  }

  private HttpClientResponse ask(URI uri, Duration limit) {
    boolean isSecure = uri.getScheme().equalsIgnoreCase("https");
    int port = uri.getPort() > 0 ? uri.getPort() : isSecure ? 443 : 80;
    InetAddress address = address(uri, limit);
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    RequestOptions options =
        new RequestOptions()
            .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
            .setHost(uri.getHost())
            .setPort(port)
            .setSsl(isSecure)
            .setMethod(HttpMethod.GET)
            .setURI(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery())
            .setFollowRedirects(false)
            .putHeader("Accept", "*/*")
            .putHeader("User-Agent", "dockherd");
    if (uri.getUserInfo() != null) {
      byte[] user = uri.getUserInfo().getBytes(StandardCharsets.UTF_8);
      options.putHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString(user));
    }
    return await(uri, http.request(options).compose(Download::send), limit);
  }

  /** Paused before it is sent: a short answer may be over before this thread looks at it. */
  private static Future<HttpClientResponse> send(HttpClientRequest request) {
    request.response().onSuccess(HttpClientResponse::pause);
    return request.send();
  }

  private static HttpClientResponse await(
      URI uri, Future<HttpClientResponse> answer, Duration limit) {
    try {
      return answer
          .toCompletionStage()
          .toCompletableFuture()
          .get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      answer.onSuccess(late -> late.request().reset());
      throw new TimedOut(shown(uri), shown(uri) + " did not answer in time", "");
    } catch (ExecutionException e) {
      throw new Unreachable(
          shown(uri), shown(uri) + " can't be fetched: " + e.getCause().getMessage(), "", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answer.onSuccess(late -> late.request().reset());
      throw new TimedOut(shown(uri), "interrupted while fetching " + shown(uri), "", e);
    }
  }

  /** The first address of the name that may be asked. */
  private InetAddress address(URI uri, Duration limit) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean isOverHttp = scheme.equals("http") || scheme.equals("https");
    if (!isOverHttp || !rules.schemes().contains(scheme) || uri.getHost() == null) {
      throw new Refused(
          shown(uri),
          "nothing is fetched from " + shown(uri) + " at this node",
          "artifacts may come by " + String.join(", ", rules.schemes()));
    }
    try {
      String host = uri.getHost().replaceAll("^\\[|]$", "");
      return lookUp(uri, host, limit).stream()
          .filter(this::isAllowed)
          .findFirst()
          .orElseThrow(
              () ->
                  new Refused(
                      shown(uri),
                      "nothing is fetched from "
                          + shown(uri)
                          + ": its address is not the public internet's",
                      "'artifactNetworks' says which others may be asked"));
    } catch (UnknownHostException e) {
      throw new NotFound(
          shown(uri), shown(uri) + " can't be fetched: there is no host of that name", "", e);
    }
  }

  /** On a thread of its own: nobody can be broken off who waits for the system's answer. */
  private List<InetAddress> lookUp(URI uri, String host, Duration limit)
      throws UnknownHostException {
    FutureTask<List<InetAddress>> answer = new FutureTask<>(() -> names.lookUp(host));
    Thread.ofPlatform().name("name look-up").daemon().start(answer);
    try {
      return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new UnknownHostException(host);
    } catch (TimeoutException e) {
      throw new TimedOut(shown(uri), "the name of " + shown(uri) + " was not found in time", "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimedOut(shown(uri), "interrupted while fetching " + shown(uri), "", e);
    }
  }

  private boolean isAllowed(InetAddress address) {
    return PublicAddress.is(address)
        || rules.networks().stream().anyMatch(network -> network.contains(address));
  }

  private static Optional<URI> redirect(URI from, HttpClientResponse response) {
    String location = response.getHeader("Location");
    boolean isRedirect =
        switch (response.statusCode()) {
          case 301, 302, 303, 307, 308 -> location != null;
          default -> false;
        };
    try {
      return isRedirect ? Optional.of(from.resolve(new URI(location))) : Optional.empty();
    } catch (URISyntaxException e) {
      throw new Refused(shown(from), shown(from) + " leads nowhere: " + e.getReason(), "");
    }
  }

  private void save(URI uri, HttpClientResponse response, Path into, long until) {
    if (response.statusCode() != 200) {
      response.request().reset();
      throw new NotFound(
          shown(uri),
          shown(uri) + " can't be fetched: it is answered with " + response.statusCode(),
          "");
    }
    BodyChunks chunks = new BodyChunks(response, shown(uri));
    try (FileChannel file =
        FileChannel.open(into, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long size = 0;
      Optional<Buffer> chunk = chunks.next(left(uri, until));
      while (chunk.isPresent()) {
        size += chunk.get().length();
        if (size > rules.mostBytes()) {
          throw new Refused(
              shown(uri),
              shown(uri) + " is larger than " + rules.mostBytes() + " bytes",
              "'artifactBytes' says how large one may be");
        }
        ByteBuffer bytes = ByteBuffer.wrap(chunk.get().getBytes());
        while (bytes.hasRemaining()) {
          file.write(bytes);
        }
        chunk = chunks.next(left(uri, until));
      }
    } catch (IOException e) {
      throw new Refused(shown(uri), shown(uri) + " can't be stored: " + e, "is there room?", e);
    } finally {
      response.request().reset();
    }
  }

  /** Without name and password, which are nobody else's. */
  static String shown(URI uri) {
    return shown(uri.toString());
  }

  /** The same of what may be no address at all. */
  static String shown(String address) {
    return address.replaceFirst("//[^/]*@", "//");
  }

  @Override
  public void close() {
    http.close();
  }
}
