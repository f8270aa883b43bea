package io.dockherd.apps.health;

import io.dockherd.apps.health.Prober.Endpoint;
import io.dockherd.apps.model.HealthCheck.Probe;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * A GET whose status line is read and no more: a health check wants nothing else, and what a sick
 * program sends may be anything. Redirects are answers, and not followed.
 *
 * <p>With https any certificate will do: who answers on a port of the host's own is known, and
 * nothing is told to it.
 */
final class HttpProbe {
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: .*)?");
  private static final int LONGEST_LINE = 8 << 10;

  private HttpProbe() {}

  static Outcome ask(Endpoint at, Probe.Http http, Duration limit) {
    long until = System.nanoTime() + limit.toNanos();
    String url = http.scheme() + "://" + at.address() + ":" + at.port() + http.path();
    Outcome late = new Outcome.Ill(url + " did not answer within " + limit.toMillis() + " ms");
    Socket plain = new Socket();
    try (Watchdog watchdog = Watchdog.over(plain, limit)) {
      try (plain) {
        plain.connect(new InetSocketAddress(at.address(), at.port()), left(until));
        plain.setSoTimeout(left(until));
        try (Socket socket = http.scheme().equals("https") ? secure(plain, at) : plain) {
          socket.getOutputStream().write(request(at, http.path()));
          return read(url, socket, http.ignores1xx(), until);
        }
      } catch (IOException e) {
        boolean isLate = watchdog.hasClosed() || e instanceof SocketTimeoutException;
        return isLate ? late : new Outcome.Ill(url + ": " + e.getMessage());
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] request(Endpoint at, String path) {
    // A path is written by whoever made the app: it must not become a second header.
    String target = path.replaceAll("[^\\x21-\\x7e]", "");
    return ("GET "
            + (target.startsWith("/") ? target : "/" + target)
            + " HTTP/1.1\r\nHost: "
            + at.address()
            + ":"
            + at.port()
            + "\r\nUser-Agent: dockherd\r\nAccept: */*\r\nConnection: close\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static Outcome read(String url, Socket socket, boolean ignores1xx, long until)
      throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder line = new StringBuilder();
    int next = in.read();
    while (next >= 0 && next != '\n' && line.length() < LONGEST_LINE) {
      line.append((char) next);
      socket.setSoTimeout(left(until));
      next = in.read();
    }
    Matcher status = STATUS.matcher(line.toString().strip());
    if (!status.matches()) {
      return new Outcome.Ill(url + " did not answer in HTTP");
    }
    int code = Integer.parseInt(status.group(1));
    if (code < 200 && ignores1xx) {
      return new Outcome.Nothing();
    }
    return code >= 200 && code < 400
        ? new Outcome.Well()
        : new Outcome.Ill(url + " answered " + code);
  }

  private static int left(long until) throws SocketTimeoutException {
    long millis = (until - System.nanoTime()) / 1_000_000;
    if (millis <= 0) {
      throw new SocketTimeoutException();
    }
    return (int) Math.min(millis, Integer.MAX_VALUE);
  }

  private static Socket secure(Socket plain, Endpoint at)
      throws IOException, GeneralSecurityException {
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, new TrustManager[] {new AnyCertificate()}, new SecureRandom());
    SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket(plain, at.address(), at.port(), true);
    socket.startHandshake();
    return socket;
  }

  private static final class AnyCertificate implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
