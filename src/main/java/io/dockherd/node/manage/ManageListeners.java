package io.dockherd.node.manage;

import io.dockherd.doors.Listener;
import io.dockherd.failure.Invalid;
import io.dockherd.telemetry.Log;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where {@code --host} says to listen: {@code tcp://a:p}, {@code a:p}, {@code :p} or {@code
 * unix:///path}. Whoever gets in is root on every engine's host, so beyond loopback clients show
 * certificates, or somebody says {@code --insecure}.
 */
final class ManageListeners {
  private static final Log LOG = Log.of(ManageListeners.class);
  private static final String UNIX = "unix://";
  private static final Pattern TCP =
      Pattern.compile("(?:tcp://)?(\\[[0-9A-Fa-f:.]+]|[^:/\\[\\]]*):([0-9]{1,5})/?");

  private ManageListeners() {}

  /**
   * All of them.
   *
   * @throws Invalid when one is no place to listen at, or would be open to everybody
   */
  static List<Listener> of(List<String> hosts, ManageTls tls, boolean isInsecure) {
    return hosts.stream().map(host -> at(host, tls, isInsecure)).toList();
  }

  private static Listener at(String host, ManageTls tls, boolean isInsecure) {
    if (host.startsWith(UNIX + "/")) {
      return Listener.unix(Path.of(host.substring(UNIX.length())));
    }
    Matcher tcp = TCP.matcher(host);
    if (!tcp.matches()) {
      throw new Invalid(
          "--host",
          "'" + host + "' is no place to listen at",
          "write tcp://127.0.0.1:2375 or unix:///run/swarm.sock");
    }
    String name = tcp.group(1).isEmpty() ? "0.0.0.0" : tcp.group(1).replaceAll("^\\[|]$", "");
    Listener listener = new Listener(name, Integer.parseInt(tcp.group(2)), tls.listening());
    if (!listener.isLoopback() && !tls.asksClients()) {
      if (!isInsecure) {
        throw new Invalid(
            "--host",
            "listening at " + host + " would let in everybody, without a certificate",
            "use --tlsverify, listen on 127.0.0.1 or a unix socket, or say --insecure on a closed"
                + " network");
      }
      LOG.warn("insecure: whoever reaches this address is root on every host", "at", host);
    }
    return listener;
  }
}
