package io.dockherd.herd.discovery;

import io.dockherd.failure.Unreachable;
import io.dockherd.telemetry.Log;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/**
 * SRV records, asked of name servers.
 *
 * @param url which servers, as {@code dns://10.0.0.53/}; {@code dns:///} for the system's
 */
record ServiceRecords(String url) {
  private static final Log LOG = Log.of(ServiceRecords.class);

  static ServiceRecords system() {
    return new ServiceRecords("dns:///");
  }

  /**
   * The hosts and ports of that service; none when there is no such name.
   *
   * @throws Unreachable when no server answers
   */
  List<HostPort> of(String name) {
    Hashtable<String, String> environment = new Hashtable<>();
    environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    environment.put(Context.PROVIDER_URL, url);
    environment.put("com.sun.jndi.dns.timeout.initial", "500");
    environment.put("com.sun.jndi.dns.timeout.retries", "2");
    try {
      InitialDirContext context = new InitialDirContext(environment);
      try {
        return read(context.getAttributes(name, new String[] {"SRV"}).get("SRV"));
      } finally {
        context.close();
      }
    } catch (NameNotFoundException e) {
      LOG.debug("a service is unknown", "name", name);
      return List.of();
    } catch (NamingException e) {
      throw new Unreachable(name, "no name server tells of " + name + ": " + e.getMessage(), "", e);
    }
  }

  /** Each value is "priority weight port host."; we want them all, whatever their priority. */
  private static List<HostPort> read(Attribute records) throws NamingException {
    List<HostPort> hosts = new ArrayList<>();
    if (records != null) {
      NamingEnumeration<?> values = records.getAll();
      while (values.hasMore()) {
        String[] fields = values.next().toString().split(" ");
        String host =
            fields[3].endsWith(".") ? fields[3].substring(0, fields[3].length() - 1) : fields[3];
        hosts.add(new HostPort(host, Integer.parseInt(fields[2])));
      }
    }
    return hosts;
  }
}
