package io.dockherd.doors.marathon.definition;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What is allowed to an app as a whole; its parts have rules of their own. */
final class AppRules {
  private static final Pattern EXECUTOR = Pattern.compile("(//cmd)|(/?[^/]+(/[^/]+)*)|");

  /** Which of these a node does fetch is its own setting. */
  private static final List<String> FETCHED = List.of("http://", "https://", "file://");

  private static final String SINGLE_INSTANCE = "MARATHON_SINGLE_INSTANCE_APP";

  private final JsonObject app;
  private final int instances;
  private final Violations wrong;

  AppRules(JsonObject app, int instances, Violations wrong) {
    this.app = app;
    this.instances = instances;
    this.wrong = wrong;
  }

  static boolean isSingleInstance(JsonObject app) {
    return "true".equals(Parts.object(app, "labels").getValue(SINGLE_INSTANCE));
  }

  void check() {
    MarathonId.objection(app.getString("id")).ifPresent(why -> wrong.add("/id", why));
    wrong.require(instances >= 0, "/instances", "got " + instances + ", expected 0 or more");
    if (PodMark.is(app)) {
      PodMark.check(app, wrong);
      wrong.require(
          PortList.isOnHost(app),
          "/networks",
          "a pod's networks are in its Compose files: leave out 'networks'");
    } else {
      process();
    }
    numbers();
    strategies();
    environment();
    fetch();
    notHere();
    new PortRules(app, wrong).check();
    new ContainerRules(app, wrong).check();
    new CheckRules(app, wrong).check();
    new ConstraintRules(app, wrong).check();
    dependencies();
  }

  private void process() {
    boolean hasCommand = app.containsKey("cmd");
    boolean hasArguments = !Parts.texts(app, "args").isEmpty();
    boolean hasContainer = Parts.object(app, "container").containsKey("docker");
    wrong.require(
        !hasCommand || !app.getString("cmd").isBlank(), "/", "must not be an empty string");
    wrong.require(
        !(hasCommand && hasArguments) && (hasCommand || hasArguments || hasContainer),
        "/",
        "AppDefinition must either contain one of 'cmd' or 'args', and/or a 'container'.");
    wrong.require(
        hasContainer || app.containsKey("container") && hasForeignContainer(),
        "/container",
        "a command runs in a container here: say in which image, as container.docker.image");
    String executor = app.getString("executor");
    wrong.require(
        EXECUTOR.matcher(executor).matches(),
        "/executor",
        "must fully match regular expression '^" + EXECUTOR + "$'");
    wrong.require(
        executor.isEmpty() || executor.equals("//cmd"),
        "/executor",
        "there are no Mesos executors here, but for those of Compose pods: leave it empty");
  }

  /** Which {@link ContainerRules} refuse. */
  private boolean hasForeignContainer() {
    return Parts.object(app, "container").containsKey("appc");
  }

  private void numbers() {
    for (String field : List.of("cpus", "mem", "disk", "gpus", "backoffSeconds")) {
      atLeast(field, 0);
    }
    atLeast("maxLaunchDelaySeconds", 0);
    atLeast("taskKillGracePeriodSeconds", 0);
    atLeast("backoffFactor", 1);
    JsonObject limits = Parts.object(app, "resourceLimits");
    limits.forEach(
        limit -> {
          boolean isSound =
              "unlimited".equals(limit.getValue())
                  || limit.getValue() instanceof Number number
                      && Double.isFinite(number.doubleValue())
                      && number.doubleValue() >= app.getDouble(limit.getKey());
          wrong.require(
              isSound,
              "/resourceLimits/" + limit.getKey(),
              "has to be 'unlimited' or a number that is not below " + limit.getKey());
        });
  }

  private void atLeast(String field, double least) {
    if (app.getValue(field) instanceof Number number) {
      wrong.require(
          number.doubleValue() >= least,
          "/" + field,
          "got " + number.doubleValue() + ", expected " + least + " or more");
    }
  }

  private void strategies() {
    JsonObject upgrade = app.getJsonObject("upgradeStrategy");
    upgrade.forEach(
        part -> {
          String path = "/upgradeStrategy/" + part.getKey();
          double value = ((Number) part.getValue()).doubleValue();
          wrong.require(
              value >= 0 && value <= 1, path, "got " + value + ", expected between 0.0 and 1.0");
          wrong.require(
              value == 0 || !isSingleInstance(app), path, "got " + value + ", expected 0.0");
        });
    wrong.require(
        instances <= 1 || !isSingleInstance(app),
        "/",
        "Single instance app may only have one instance");
    wrong.require(
        List.of("YOUNGEST_FIRST", "OLDEST_FIRST").contains(app.getString("killSelection")),
        "/killSelection",
        "has to be YOUNGEST_FIRST or OLDEST_FIRST");
    switch (app.getValue("unreachableStrategy")) {
      case JsonObject times ->
          wrong.require(
              times.getDouble("inactiveAfterSeconds") >= 0
                  && times.getDouble("expungeAfterSeconds")
                      >= times.getDouble("inactiveAfterSeconds"),
              "/unreachableStrategy",
              "inactiveAfterSeconds must be less or equal to expungeAfterSeconds");
      case Object word ->
          wrong.require(
              word.equals("disabled"),
              "/unreachableStrategy",
              "has to be 'disabled' or two numbers of seconds");
    }
  }

  private void environment() {
    for (Map.Entry<String, Object> variable : app.getJsonObject("env")) {
      String path = "/env/" + variable.getKey();
      wrong.require(
          variable.getValue() instanceof String,
          path,
          "secrets can't be referred to, there is no store of them: give the value");
      wrong.require(
          !variable.getKey().isEmpty() && !variable.getKey().contains("="),
          path,
          "a variable's name is not empty and has no '='");
    }
  }

  private void fetch() {
    List<JsonObject> all = Parts.objects(app, "fetch");
    for (int i = 0; i < all.size(); i++) {
      String uri = all.get(i).getString("uri");
      wrong.require(
          FETCHED.stream().anyMatch(uri::startsWith),
          "/fetch(" + i + ")/uri",
          "'" + uri + "' can't be fetched: only " + String.join(", ", FETCHED) + " are");
      String path = all.get(i).getString("destPath", "");
      wrong.require(
          !path.startsWith("/") && !List.of(path.split("/")).contains(".."),
          "/fetch(" + i + ")/destPath",
          "'" + path + "' has to be below the instance's folder");
    }
  }

  /** What Mesos had and a herd of Docker hosts has not: said, so that nobody counts on it. */
  private void notHere() {
    absent("secrets", "there is no store of secrets here");
    absent("residency", "there are no reservations here: use a host path or an external volume");
    absent("ipAddress", "write it as networks: [{\"mode\":\"container\",\"name\":…}]");
    JsonArray checks = app.getJsonArray("readinessChecks");
    wrong.require(
        checks.isEmpty(),
        "/readinessChecks",
        "an instance is ready when it is healthy: write it as healthChecks");
    wrong.require(
        app.getString("role", "*").equals("*"), "/role", "there are no roles here but '*'");
    for (String role : Parts.texts(app, "acceptedResourceRoles")) {
      wrong.require(role.equals("*"), "/acceptedResourceRoles", "there are no roles here but '*'");
    }
  }

  private void absent(String field, String why) {
    Object value = app.getValue(field);
    boolean isEmpty =
        value == null
            || value instanceof JsonObject json && json.isEmpty()
            || value instanceof JsonArray list && list.isEmpty();
    wrong.require(isEmpty, "/" + field, why);
  }

  private void dependencies() {
    List<String> all = Parts.texts(app, "dependencies");
    for (int i = 0; i < all.size(); i++) {
      String path = "/dependencies(" + i + ")";
      MarathonId.objection(all.get(i)).ifPresent(why -> wrong.add(path, why));
      String id = app.getString("id");
      wrong.require(
          !id.equals(all.get(i)) && !id.startsWith(all.get(i) + "/"),
          path,
          "an app can't depend on itself or a group it is in");
    }
  }
}
