package io.dockherd.apps.model;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One container of a pod.
 *
 * <pre>
 * {"name":"web","containerName":"shop-web-{slot}","document":{"Image":"busybox","Cmd":[…],"HostConfig":{…}},
 *  "pull":"missing","lateEnvironment":{"HOST":"{host}","PORT0":"{port:0}"},"lateLabels":{"MESOS_TASK_ID":"{task}"},
 *  "shares":{"network":"baseC","pid":"","ipc":""},"dependsOn":{"db":{…}},"restart":{…},
 *  "files":[…],"postStart":[…],"preStop":[…],"stopMillis":10000}</pre>
 *
 * <p>What is known only when an instance starts is written in braces, in {@code containerName},
 * {@code lateEnvironment} and {@code lateLabels} and nowhere else: {@code {slot}}; {@code {nth}},
 * which is nothing for slot 1 and {@code -3} for slot 3; {@code {copy}}, nothing and {@code ---3},
 * where names may end with numbers; {@code {task}}, see {@link Instance#taskId}; {@code
 * {instance}}; {@code {host}}, the address others reach the node by; {@code {node}}, its name;
 * {@code {version}}, when the revision was made, as {@link AppVersion#text} writes it; {@code
 * {port:0}}, the host's port for the pod's first port; {@code {ports}}, all of them with commas
 * between. {@code {folder}} is the instance's own folder, with what was fetched for it, also as the
 * source of a bind in the document.
 *
 * @param name unique in the pod
 * @param containerName what the engine's container is called, with what is in braces filled in
 * @param document what the engine gets, in its create syntax, less what the pod decides: published
 *     ports, shared namespaces, the labels of the herd
 * @param volumesFrom containers of the pod whose volumes it gets: name → {@code ro} or {@code rw}
 * @param dependsOn containers of the pod, by name
 * @param postStart run after it has started; one that fails fails the instance
 * @param preStop run before it is stopped; one that fails is told and no more
 * @param stopAfter from the signal to the kill
 */
public record ContainerSpec(
    String name,
    String containerName,
    JsonObject document,
    Pull pull,
    Map<String, String> lateEnvironment,
    Map<String, String> lateLabels,
    Shares shares,
    Map<String, String> volumesFrom,
    Map<String, Dependency> dependsOn,
    Restart restart,
    List<FileSpec> files,
    List<Hook> postStart,
    List<Hook> preStop,
    Duration stopAfter) {
  /** When its image is fetched. */
  public enum Pull {
    /** When the host lacks it. */
    MISSING,
    /** At each start; if that fails, what is there is run. */
    ALWAYS,
    /** Never. */
    NEVER
  }

  /**
   * Whose namespaces it shares: names of containers of the same pod; "" for none.
   *
   * @param network that container publishes the ports of this one, too
   */
  public record Shares(String network, String pid, String ipc) {
    /** Nobody's. */
    public static final Shares NOTHING = new Shares("", "", "");

    public Shares {
      Objects.requireNonNull(network, "network");
      Objects.requireNonNull(pid, "pid");
      Objects.requireNonNull(ipc, "ipc");
    }
  }

  /** Copies the document. */
  public ContainerSpec {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(containerName, "containerName");
    document = document.copy();
    Objects.requireNonNull(pull, "pull");
    lateEnvironment = JsonReading.copy(lateEnvironment);
    lateLabels = JsonReading.copy(lateLabels);
    Objects.requireNonNull(shares, "shares");
    volumesFrom = JsonReading.copy(volumesFrom);
    dependsOn = JsonReading.copy(dependsOn);
    Objects.requireNonNull(restart, "restart");
    files = List.copyOf(files);
    postStart = List.copyOf(postStart);
    preStop = List.copyOf(preStop);
    Objects.requireNonNull(stopAfter, "stopAfter");
    if (name.isEmpty() || containerName.isEmpty()) {
      throw new IllegalArgumentException("a container of a pod has a name");
    }
  }

  /** One that asks for nothing in particular. */
  public static ContainerSpec plain(String name, String containerName, JsonObject document) {
    return new ContainerSpec(
        name,
        containerName,
        document,
        Pull.MISSING,
        Map.of(),
        Map.of(),
        Shares.NOTHING,
        Map.of(),
        Map.of(),
        Restart.NEVER,
        List.of(),
        List.of(),
        List.of(),
        Duration.ofSeconds(10));
  }

  /** The image it is made from. */
  public String image() {
    return document.getString("Image", "");
  }

  /** Reads what {@link #json} wrote. */
  static ContainerSpec of(JsonObject json) {
    JsonObject shares = JsonReading.object(json, "shares");
    Map<String, Dependency> dependsOn = new LinkedHashMap<>();
    JsonReading.object(json, "dependsOn")
        .forEach(
            field -> dependsOn.put(field.getKey(), Dependency.of((JsonObject) field.getValue())));
    return new ContainerSpec(
        json.getString("name"),
        json.getString("containerName"),
        JsonReading.object(json, "document"),
        JsonReading.choice(json, "pull", Pull.class, Pull.MISSING),
        JsonReading.textMap(json, "lateEnvironment"),
        JsonReading.textMap(json, "lateLabels"),
        new Shares(
            shares.getString("network", ""),
            shares.getString("pid", ""),
            shares.getString("ipc", "")),
        JsonReading.textMap(json, "volumesFrom"),
        dependsOn,
        Restart.of(JsonReading.object(json, "restart")),
        JsonReading.objects(json, "files", FileSpec::of),
        JsonReading.objects(json, "postStart", Hook::of),
        JsonReading.objects(json, "preStop", Hook::of),
        JsonReading.millis(json, "stopMillis", Duration.ofSeconds(10)));
  }

  JsonObject json() {
    JsonObject needs = new JsonObject();
    dependsOn.forEach((other, dependency) -> needs.put(other, dependency.json()));
    return new JsonObject()
        .put("name", name)
        .put("containerName", containerName)
        .put("document", document)
        .put("pull", JsonReading.word(pull))
        .put("lateEnvironment", JsonReading.json(lateEnvironment))
        .put("lateLabels", JsonReading.json(lateLabels))
        .put(
            "shares",
            new JsonObject()
                .put("network", shares.network())
                .put("pid", shares.pid())
                .put("ipc", shares.ipc()))
        .put("volumesFrom", JsonReading.json(volumesFrom))
        .put("dependsOn", needs)
        .put("restart", restart.json())
        .put("files", JsonReading.json(files, FileSpec::json))
        .put("postStart", JsonReading.json(postStart, Hook::json))
        .put("preStop", JsonReading.json(preStop, Hook::json))
        .put("stopMillis", stopAfter.toMillis());
  }
}
