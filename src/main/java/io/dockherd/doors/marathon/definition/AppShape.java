package io.dockherd.doors.marathon.definition;

import static io.dockherd.doors.marathon.definition.Shape.ANY;
import static io.dockherd.doors.marathon.definition.Shape.TEXT;
import static io.dockherd.doors.marathon.definition.Shape.WHOLE;
import static io.dockherd.doors.marathon.definition.Shape.listOf;
import static io.dockherd.doors.marathon.definition.Shape.mapOf;

import io.dockherd.doors.marathon.definition.Shape.Fields;

/**
 * The fields of an app, as of Marathon 0.8 to 1.11. Those only a server says (version, counts,
 * tasks, …) are not among them; those that a rule refuses are {@link Shape#ANY}.
 */
final class AppShape {
  /** Of one group, at most. */
  private static final int MEMBERS = 10_000;

  private static final Shape LABELS = mapOf(TEXT);

  private static final Fields PORT_DEFINITION =
      Fields.NONE.wholes("port").texts("protocol", "name").has("labels", LABELS);

  private static final Fields PORT_MAPPING =
      Fields.NONE
          .wholes("containerPort", "hostPort", "servicePort")
          .texts("protocol", "name")
          .has("labels", LABELS)
          .has("networkNames", listOf(TEXT));

  private static final Fields DOCKER =
      Fields.NONE
          .texts("image", "network")
          .flags("forcePullImage", "privileged")
          .has("parameters", listOf(Fields.NONE.texts("key", "value")))
          .has("portMappings", listOf(PORT_MAPPING))
          .anything("credential", "pullConfig");

  private static final Fields VOLUME =
      Fields.NONE
          .texts("containerPath", "hostPath", "mode")
          .anything("persistent", "secret")
          .has(
              "external",
              Fields.NONE.texts("name", "provider").wholes("size").has("options", mapOf(TEXT)));

  private static final Fields CONTAINER =
      Fields.NONE
          .texts("type")
          .has("docker", DOCKER)
          .anything("appc", "linuxInfo")
          .has("volumes", listOf(VOLUME))
          .has("portMappings", listOf(PORT_MAPPING));

  private static final Fields HEALTH_CHECK =
      Fields.NONE
          .texts("protocol", "path", "ipProtocol")
          .wholes("portIndex", "port", "maxConsecutiveFailures")
          .has("command", Fields.NONE.texts("value"))
          .numbers("gracePeriodSeconds", "intervalSeconds", "timeoutSeconds", "delaySeconds")
          .flags("ignoreHttp1xx");

  private static final Fields FETCH =
      Fields.NONE.texts("uri", "destPath").flags("extract", "executable", "cache");

  /** An app. */
  static final Fields APP =
      Fields.NONE
          .texts("id", "cmd", "user", "executor", "role", "killSelection")
          .has("args", listOf(TEXT))
          .has("env", mapOf(new Shape.TextOr(ANY)))
          .has("labels", LABELS)
          .has("uris", listOf(TEXT))
          .has("fetch", listOf(FETCH))
          .has("storeUrls", listOf(TEXT))
          .has("container", CONTAINER)
          .flags("tty", "requirePorts")
          .wholes("instances", "gpus")
          .numbers("cpus", "mem", "disk")
          .has("resourceLimits", Fields.NONE.anything("cpus", "mem"))
          .has("executorResources", Fields.NONE.numbers("cpus", "mem", "disk"))
          .has("ports", listOf(WHOLE))
          .has("portDefinitions", listOf(PORT_DEFINITION))
          .has("networks", listOf(Fields.NONE.texts("mode", "name").has("labels", LABELS)))
          .has("constraints", listOf(listOf(TEXT)))
          .has("acceptedResourceRoles", listOf(TEXT))
          .has(
              "unreachableStrategy",
              new Shape.TextOr(Fields.NONE.numbers("inactiveAfterSeconds", "expungeAfterSeconds")))
          .has("dependencies", listOf(TEXT))
          .has("healthChecks", listOf(HEALTH_CHECK))
          .has("readinessChecks", listOf(ANY))
          .has(
              "upgradeStrategy",
              Fields.NONE.numbers("minimumHealthCapacity", "maximumOverCapacity"))
          .numbers("backoffSeconds", "backoffFactor", "maxLaunchDelaySeconds")
          .numbers("taskKillGracePeriodSeconds")
          .anything("secrets", "residency", "ipAddress");

  /** A group; its apps and groups are looked at one by one. */
  static final Fields GROUP =
      Fields.NONE
          .texts("id", "version")
          .numbers("scaleBy")
          .has("apps", listOf(ANY, MEMBERS))
          .has("groups", listOf(ANY, MEMBERS))
          .has("pods", listOf(ANY))
          .has("dependencies", listOf(TEXT));

  private AppShape() {}
}
