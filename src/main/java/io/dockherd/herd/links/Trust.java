package io.dockherd.herd.links;

import io.dockherd.herd.keys.Purpose;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Decides in the handshake whether to go on with a peer. Refuses whatever is not TLS 1.3, whatever
 * {@link Issued} refuses, and, where we dialled, a peer whose certificate does not name the host we
 * dialled: the libraries on top of it can't be relied on to ask for that (JGroups and the event bus
 * don't).
 */
abstract class Trust extends X509ExtendedTrustManager {
  private static final String PROTOCOL = "TLSv1.3";

  private final Supplier<Issued> issued;

  /** Asks {@code issued} anew in each handshake: the key may have been rotated since the last. */
  Trust(Supplier<Issued> issued) {
    this.issued = issued;
  }

  /** What else a peer that dialled us must fulfil. */
  abstract void checkDialler(X509Certificate leaf) throws CertificateException;

  /** What else a peer that we dialled must fulfil, beside answering to the host's name. */
  abstract void checkDialled(X509Certificate leaf) throws CertificateException;

  @Override
  public final void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    checkDialler(chain, ((SSLSocket) socket).getHandshakeSession());
  }

  @Override
  public final void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    checkDialler(chain, engine.getHandshakeSession());
  }

  @Override
  public final void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    // The address is the one the socket was connected to; asking it for its name must not send a
    // question to a name server, whose answer would prove nothing.
    DialledHost host = DialledHost.of(socket.getInetAddress());
    checkDialled(chain, ((SSLSocket) socket).getHandshakeSession(), host);
  }

  @Override
  public final void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    String host = Optional.ofNullable(engine.getPeerHost()).orElse("");
    checkDialled(chain, engine.getHandshakeSession(), DialledHost.of(host));
  }

  @Override
  public final void checkClientTrusted(X509Certificate[] chain, String type)
      throws CertificateException {
    throw new CertificateException("no connection to judge");
  }

  @Override
  public final void checkServerTrusted(X509Certificate[] chain, String type)
      throws CertificateException {
    throw new CertificateException("no connection to judge");
  }

  @Override
  public final X509Certificate[] getAcceptedIssuers() {
    return issued.get().authorities();
  }

  private void checkDialler(X509Certificate[] chain, SSLSession session)
      throws CertificateException {
    requireProtocol(session);
    checkDialler(issued.get().check(chain, Purpose.CLIENT));
    forbidResuming(session);
  }

  private void checkDialled(X509Certificate[] chain, SSLSession session, DialledHost host)
      throws CertificateException {
    requireProtocol(session);
    X509Certificate leaf = issued.get().check(chain, Purpose.SERVER);
    host.requireIn(leaf);
    checkDialled(leaf);
    forbidResuming(session);
  }

  /**
   * A resumed session is one nobody is asked about: for a day a certificate would go on working
   * though it has expired or its authority is trusted no more. A session that can't be resumed
   * makes the JDK hand out no ticket.
   */
  private static void forbidResuming(SSLSession session) {
    session.invalidate();
  }

  private static void requireProtocol(SSLSession session) throws CertificateException {
    if (session == null || !PROTOCOL.equals(session.getProtocol())) {
      throw new CertificateException("the connection is not " + PROTOCOL);
    }
  }
}
