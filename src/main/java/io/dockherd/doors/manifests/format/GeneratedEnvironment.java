package io.dockherd.doors.manifests.format;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The variables a container is given whatever its manifest says; the names are Dokkaa's. */
final class GeneratedEnvironment {
  /** What a link's variable says as its address: a name the container looks up. */
  private static final String BACKENDS = "backends";

  private static final int FIRST_PORT = 10_000;
  private static final String DOMAIN = "skydns.local";

  private GeneratedEnvironment() {}

  /** Name → value, in the order of the manifest. */
  static Map<String, String> of(
      ManifestName name, List<ServiceField> services, List<String> links) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("DOKKAA_APP_NAME", name.app());
    for (ServiceField service : services) {
      all.put("DOKKAA_SERVICE_" + service.name(), String.valueOf(service.port()));
      if (!service.role().isEmpty()) {
        all.put("DOKKAA_ROLE_" + service.name(), service.role());
      }
    }
    for (int i = 0; i < links.size(); i++) {
      int port = FIRST_PORT + i;
      all.put("BACKENDS_" + port, links.get(i) + "." + name.app() + "." + DOMAIN);
      all.putAll(address(links.get(i).toUpperCase(Locale.ROOT), port));
    }
    for (int i = 0; i < links.size(); i++) {
      // No shell reads SERVICE_MY-SVC_ADDR. A service that is really called MY_SVC goes first.
      address(shellName(links.get(i).toUpperCase(Locale.ROOT)), FIRST_PORT + i)
          .forEach(all::putIfAbsent);
    }
    return all;
  }

  private static Map<String, String> address(String link, int port) {
    Map<String, String> both = new LinkedHashMap<>();
    both.put("SERVICE_" + link + "_ADDR", BACKENDS);
    both.put("SERVICE_" + link + "_PORT", String.valueOf(port));
    return both;
  }

  private static String shellName(String name) {
    return name.replace('-', '_').replace('.', '_');
  }
}
