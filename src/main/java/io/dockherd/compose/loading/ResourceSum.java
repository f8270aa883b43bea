package io.dockherd.compose.loading;

import io.dockherd.compose.yaml.YamlMap;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the active services of a project ask for together, each as often as it runs.
 *
 * <p>Cores are taken from the first that is there of {@code deploy.resources.limits.cpus}, {@code
 * cpus}, {@code cpu_quota} by {@code cpu_period}, {@code cpu_shares} by 1024; memory from {@code
 * deploy.resources.limits.memory}, {@code mem_limit}. Of reservations: {@code
 * deploy.resources.reservations}, and {@code mem_reservation}.
 *
 * @param withoutCpus the services that say nothing of cores, sorted
 * @param withoutMemory the services that say nothing of memory, sorted
 */
public record ResourceSum(
    BigDecimal cpus, long memoryBytes, List<String> withoutCpus, List<String> withoutMemory) {
  private static final BigDecimal SHARES_OF_A_CORE = BigDecimal.valueOf(1024);

  /** The kernel's, where only a quota is given. */
  private static final String PERIOD_MICROS = "100000";

  private static final long MIB = 1 << 20;

  public ResourceSum {
    withoutCpus = List.copyOf(withoutCpus);
    withoutMemory = List.copyOf(withoutMemory);
  }

  /** The limits. */
  public static ResourceSum ofLimits(Composition project) {
    return of(project, true);
  }

  /** The reservations. */
  public static ResourceSum ofReservations(Composition project) {
    return of(project, false);
  }

  /** {@code 1.5 192}: cores, and mebibytes rounded up. */
  public String line() {
    String cores = cpus.signum() == 0 ? "0" : cpus.stripTrailingZeros().toPlainString();
    return cores + " " + Math.ceilDiv(memoryBytes, MIB);
  }

  /**
   * What is wrong with it where no more is to be had; empty when nothing is.
   *
   * @param mostCpus cores; 0: as many as it likes
   * @param mostMemoryBytes likewise
   */
  public Optional<String> objection(BigDecimal mostCpus, long mostMemoryBytes) {
    boolean isTooMuch =
        mostCpus.signum() > 0 && cpus.compareTo(mostCpus) > 0
            || mostMemoryBytes > 0 && memoryBytes > mostMemoryBytes;
    return isTooMuch
        ? Optional.of(
            "the services ask for "
                + words(cpus, memoryBytes)
                + ", and there are "
                + words(mostCpus, mostMemoryBytes)
                + " for them")
        : Optional.empty();
  }

  private static String words(BigDecimal cpus, long memoryBytes) {
    String cores = cpus.signum() == 0 ? "any" : cpus.stripTrailingZeros().toPlainString();
    String memory = memoryBytes == 0 ? "any" : Long.toString(Math.ceilDiv(memoryBytes, MIB));
    return cores + " cores and " + memory + " MiB";
  }

  private static ResourceSum of(Composition project, boolean isLimit) {
    BigDecimal cpus = BigDecimal.ZERO;
    BigDecimal memory = BigDecimal.ZERO;
    List<String> withoutCpus = new ArrayList<>();
    List<String> withoutMemory = new ArrayList<>();
    Map<String, YamlMap> services = new TreeMap<>();
    YamlMap written = project.tree().map("services");
    written.entries().keySet().stream()
        .filter(name -> written.get(name).orElseThrow() instanceof YamlMap)
        .forEach(name -> services.put(name, written.map(name)));
    for (Map.Entry<String, YamlMap> entry : services.entrySet()) {
      YamlMap service = entry.getValue();
      BigDecimal copies = copies(service);
      Optional<BigDecimal> cores = isLimit ? cores(service) : reservation(service, "cpus");
      Optional<BigDecimal> bytes =
          isLimit
              ? number(limits(service), "memory").or(() -> number(service, "mem_limit"))
              : reservation(service, "memory").or(() -> number(service, "mem_reservation"));
      cpus = cpus.add(cores.orElse(BigDecimal.ZERO).multiply(copies));
      memory = memory.add(bytes.orElse(BigDecimal.ZERO).multiply(copies));
      if (cores.isEmpty()) {
        withoutCpus.add(entry.getKey());
      }
      if (bytes.isEmpty()) {
        withoutMemory.add(entry.getKey());
      }
    }
    long total = memory.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
    return new ResourceSum(cpus, total, withoutCpus, withoutMemory);
  }

  private static BigDecimal copies(YamlMap service) {
    return service
        .text("scale")
        .or(() -> service.map("deploy").text("replicas"))
        .map(BigDecimal::new)
        .orElse(BigDecimal.ONE);
  }

  private static Optional<BigDecimal> cores(YamlMap service) {
    return number(limits(service), "cpus")
        .or(() -> number(service, "cpus"))
        .or(() -> quota(service))
        .or(
            () ->
                number(service, "cpu_shares")
                    .map(shares -> shares.divide(SHARES_OF_A_CORE, 3, RoundingMode.HALF_UP)));
  }

  private static Optional<BigDecimal> quota(YamlMap service) {
    BigDecimal period =
        number(service, "cpu_period").orElseGet(() -> new BigDecimal(PERIOD_MICROS));
    return number(service, "cpu_quota")
        .filter(quota -> period.signum() > 0)
        .map(quota -> quota.divide(period, 3, RoundingMode.HALF_UP));
  }

  private static YamlMap limits(YamlMap service) {
    return service.map("deploy").map("resources").map("limits");
  }

  private static Optional<BigDecimal> reservation(YamlMap service, String what) {
    return number(service.map("deploy").map("resources").map("reservations"), what);
  }

  /** A number above 0; 0 and -1 mean that there is no limit. */
  private static Optional<BigDecimal> number(YamlMap map, String key) {
    return map.text(key).map(BigDecimal::new).filter(number -> number.signum() > 0);
  }
}
