package io.dockherd.apps.model;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;

/**
 * What one instance of an app is made of: containers that are always on one node, started and
 * stopped together.
 *
 * <pre>
 * {"containers":[…],"ports":[…],"networks":[…],"volumes":[…],"artifacts":[…],"failure":"any",
 *  "resources":{"nanoCpus":1000000000,"memoryBytes":67108864,"diskBytes":0,"gpus":0}}</pre>
 *
 * @param ports all it publishes on its host, in the order {@code {port:0}} counts them
 * @param resources what it takes of its node together; what its containers reserve where nothing is
 *     said here
 */
public record PodSpec(
    PodSource source,
    List<PortSpec> ports,
    List<NamedNetwork> networks,
    List<NamedVolume> volumes,
    List<Artifact> artifacts,
    FailurePolicy failure,
    Resources resources) {
  /** Which end of a container is the end of its instance, once it is not restarted in place. */
  public enum FailurePolicy {
    /** Any that ends with another code than 0; all, when each has ended with 0. */
    ANY,
    /** When all have ended. */
    ALL,
    /** When the first one has ended. */
    PRIMARY
  }

  /**
   * What an instance takes of its node; 0 where nothing is said.
   *
   * @param diskBytes told, not held: an engine has no limit for it
   */
  public record Resources(long nanoCpus, long memoryBytes, long diskBytes, int gpus) {
    /** Nothing is said. */
    public static final Resources UNSAID = new Resources(0, 0, 0, 0);

    public Resources {
      if (nanoCpus < 0 || memoryBytes < 0 || diskBytes < 0 || gpus < 0) {
        throw new IllegalArgumentException("resources must not be negative");
      }
    }
  }

  public PodSpec {
    Objects.requireNonNull(source, "source");
    ports = List.copyOf(ports);
    networks = List.copyOf(networks);
    volumes = List.copyOf(volumes);
    artifacts = List.copyOf(artifacts);
    Objects.requireNonNull(failure, "failure");
    Objects.requireNonNull(resources, "resources");
  }

  /** One of these containers and nothing more. */
  public static PodSpec of(List<ContainerSpec> containers) {
    return new PodSpec(
        new PodSource.Written(containers),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        FailurePolicy.ANY,
        Resources.UNSAID);
  }

  /** Reads what {@link #json} wrote. */
  static PodSpec of(JsonObject json) {
    JsonObject resources = JsonReading.object(json, "resources");
    return new PodSpec(
        PodSource.of(json),
        JsonReading.objects(json, "ports", PortSpec::of),
        JsonReading.objects(json, "networks", NamedNetwork::of),
        JsonReading.objects(json, "volumes", NamedVolume::of),
        JsonReading.objects(json, "artifacts", Artifact::of),
        JsonReading.choice(json, "failure", FailurePolicy.class, FailurePolicy.ANY),
        new Resources(
            resources.getLong("nanoCpus", 0L),
            resources.getLong("memoryBytes", 0L),
            resources.getLong("diskBytes", 0L),
            resources.getInteger("gpus", 0)));
  }

  JsonObject json() {
    return source
        .json()
        .put("ports", JsonReading.json(ports, PortSpec::json))
        .put("networks", JsonReading.json(networks, NamedNetwork::json))
        .put("volumes", JsonReading.json(volumes, NamedVolume::json))
        .put("artifacts", JsonReading.json(artifacts, Artifact::json))
        .put("failure", JsonReading.word(failure))
        .put(
            "resources",
            new JsonObject()
                .put("nanoCpus", resources.nanoCpus())
                .put("memoryBytes", resources.memoryBytes())
                .put("diskBytes", resources.diskBytes())
                .put("gpus", resources.gpus()));
  }
}
