package io.dockherd.herd.links;

import io.dockherd.failure.Invalid;
import io.dockherd.herd.keys.HostName;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where this machine is reached at, as its certificate is to say it. */
public final class OwnAddresses {
  private OwnAddresses() {}

  /**
   * What to put into the certificate of a node that is told to listen at, or is reached at, {@code
   * hosts}: each address; each host name and the addresses it has here and now; for a wildcard
   * (0.0.0.0, ::) every address of the machine.
   *
   * @throws Invalid when a host is neither an address nor a name
   */
  public static Set<String> of(Collection<String> hosts) {
    Set<String> all = new LinkedHashSet<>();
    for (String host : hosts) {
      Optional<InetAddress> literal = HostName.literal(host);
      if (literal.isEmpty()) {
        requireName(host);
        all.add(host);
        resolve(host).forEach(address -> all.add(text(address)));
      } else if (literal.get().isAnyLocalAddress()) {
        all.addAll(ofThisMachine());
      } else {
        all.add(text(literal.get()));
      }
    }
    return all;
  }

  private static Set<String> ofThisMachine() {
    try {
      Set<String> all = new LinkedHashSet<>();
      NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLinkLocalAddress())
          .forEach(address -> all.add(text(address)));
      return all;
    } catch (SocketException e) {
      throw new IllegalStateException("this machine's addresses can't be listed", e);
    }
  }

  /** A name that nobody here can look up may still be what the others call us. */
  private static List<InetAddress> resolve(String name) {
    try {
      return List.of(InetAddress.getAllByName(name));
    } catch (UnknownHostException e) {
      return List.of();
    }
  }

  private static void requireName(String host) {
    if (!HostName.isValid(host)) {
      throw new Invalid(host, "'" + host + "' is neither an address nor a host name", "");
    }
  }

  private static String text(InetAddress address) {
    String text = address.getHostAddress();
    int scope = text.indexOf('%');
    return scope < 0 ? text : text.substring(0, scope);
  }
}
