package io.dockherd.scheduling;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which ports of a host are still to be had. */
final class Ports {
  private Ports() {}

  /**
   * What stands in the way of a claim. A range needs one port that is free.
   *
   * @param who which of the tenants count
   */
  static Optional<String> objection(
      List<PortClaim> claims, List<Tenant> tenants, Predicate<Tenant> who) {
    for (PortClaim claim : claims) {
      Optional<Tenant> holder = holder(claim, tenants, who);
      if (holder.isPresent()) {
        return Optional.of(
            claim.isSingle()
                ? "port " + claim + " is held by " + holder.get().title()
                : "no port of " + claim + " is free");
      }
    }
    return Optional.empty();
  }

  private static Optional<Tenant> holder(
      PortClaim claim, List<Tenant> tenants, Predicate<Tenant> who) {
    Optional<Tenant> holder = Optional.empty();
    for (int port = claim.first(); port <= claim.last(); port++) {
      holder = holder(claim, port, tenants, who);
      if (holder.isEmpty()) {
        return holder;
      }
    }
    return holder;
  }

  private static Optional<Tenant> holder(
      PortClaim claim, int port, List<Tenant> tenants, Predicate<Tenant> who) {
    for (Tenant tenant : tenants) {
      for (PortClaim held : tenant.needs().ports()) {
        if (held.isSingle() && claim.meets(held, port) && who.test(tenant)) {
          return Optional.of(tenant);
        }
      }
    }
    return Optional.empty();
  }

  /** In Swarm's words. */
  static String condition(List<PortClaim> claims) {
    return claims.stream().map(PortClaim::condition).collect(Collectors.joining(" "));
  }
}
