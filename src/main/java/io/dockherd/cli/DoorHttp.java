package io.dockherd.cli;

import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * HTTP with one door of a node, in clear text or, where the door's address begins with https, with
 * the certificate {@code DOCKER_CERT_PATH} names, as for Docker's own command line. Nothing is
 * waited for without an end.
 */
final class DoorHttp implements AutoCloseable {
  private static final Duration CONNECTING = Duration.ofSeconds(5);

  private final URI door;
  private final String option;
  private final HttpClient http;

  /**
   * @param option how to name another door, for messages
   */
  DoorHttp(URI door, String option, Map<String, String> environment) {
    this.door = door;
    this.option = option;
    HttpClient.Builder builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECTING);
    if ("https".equals(door.getScheme())) {
      DoorCertificate.of(environment).ifPresent(it -> builder.sslContext(it.context()));
    }
    this.http = builder.build();
  }

  /** A request to the door itself, to be completed. */
  HttpRequest.Builder request() {
    return HttpRequest.newBuilder(door);
  }

  /** The same for what is at that path. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(door.resolve(path));
  }

  /**
   * Sends a request and answers what came back, whatever its status.
   *
   * @param limit for the whole answer
   */
  HttpResponse<String> send(HttpRequest.Builder request, Duration limit) {
    return await(request, BodyHandlers.ofString(), limit);
  }

  /**
   * The same of an answer that comes bit by bit.
   *
   * @param head until it begins
   * @param silence how long nothing may come; see {@link AliveStream}
   */
  Streamed stream(HttpRequest.Builder request, Duration head, Duration silence) {
    HttpResponse<InputStream> response = await(request, BodyHandlers.ofInputStream(), head);
    return new Streamed(response.statusCode(), new AliveStream(response.body(), silence));
  }

  /** An answer that comes bit by bit; its body is to be closed. */
  record Streamed(int status, InputStream body) {}

  private <T> HttpResponse<T> await(
      HttpRequest.Builder request, BodyHandler<T> body, Duration limit) {
    CompletableFuture<HttpResponse<T>> coming = http.sendAsync(request.build(), body);
    try {
      return coming.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      coming.cancel(true);
      throw new TimedOut(
          door.toString(), door + " did not answer within " + limit.toSeconds() + " s", "", e);
    } catch (ExecutionException e) {
      throw broken(e.getCause());
    } catch (InterruptedException e) {
      coming.cancel(true);
      Thread.currentThread().interrupt();
      throw new TimedOut(door.toString(), "interrupted while waiting for " + door, "", e);
    }
  }

  /** The door does not answer, or not in words anybody understands. */
  Unreachable broken(Throwable cause) {
    boolean isTls = cause instanceof SSLException;
    return new Unreachable(
        door.toString(),
        door + " gives no answer",
        (isTls
                ? "name the folder of a certificate that opens it in DOCKER_CERT_PATH ('dockherd"
                    + " cert' makes one): "
                : "name the door of a node with " + option + ": ")
            + (cause instanceof IOException ? cause : cause.toString()),
        cause);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
