package io.dockherd.compose.schema;

/** How many copies run where, and how a change is rolled out. */
final class DeployKeys {
  private static final Keys ROLLBACK = rollout("a rollback", "pause", "continue");

  static final Keys DEPLOY =
      Keys.of("a deploy")
          .honours("mode", Scalars.choice("replicated", "global", "replicated-job", "global-job"))
          .honours("replicas", Scalars.whole(0, 100_000))
          .honours(
              "placement",
              Keys.of("a placement")
                  .honours("constraints", ListOf.of("constraints", Scalars.text()))
                  .honours(
                      "preferences",
                      ListOf.of(
                          "preferences",
                          Keys.of("a preference")
                              .honours("spread", Scalars.text())
                              .requires("spread")))
                  .honours("max_replicas_per_node", Scalars.whole(0, 100_000)))
          .honours("resources", LimitKeys.RESOURCES)
          .honours(
              "restart_policy",
              Keys.of("a restart policy")
                  .honours("condition", Scalars.choice("none", "on-failure", "any"))
                  .honours("delay", Scalars.duration())
                  .honours("max_attempts", Scalars.whole(0, Integer.MAX_VALUE))
                  .honours("window", Scalars.duration()))
          .honours("update_config", rollout("an update", "pause", "continue", "rollback"))
          .honours("rollback_config", ROLLBACK)
          .honours("endpoint_mode", Scalars.choice("vip", "dnsrr"))
          .honours("labels", NamedTexts.plain());

  private DeployKeys() {}

  private static Keys rollout(String label, String... failureActions) {
    return Keys.of(label)
        .honours("parallelism", Scalars.whole(0, 100_000))
        .honours("delay", Scalars.duration())
        .honours("failure_action", Scalars.choice(failureActions))
        .honours("monitor", Scalars.duration())
        .honours("max_failure_ratio", Scalars.amount())
        .honours("order", Scalars.choice("stop-first", "start-first"));
  }
}
