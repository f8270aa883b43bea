package io.dockherd.node.settings;

import java.time.Duration;
import java.util.List;

/** How this node runs instances of apps. */
public final class InstanceSettings {
  public static final Setting<List<Integer>> APP_PORTS =
      Setting.of(
          "appPorts",
          Kinds.PORT_RANGE,
          "31000-32000",
          "The host's ports this node chooses from for apps that leave that to it. Marathon's"
              + " agents have these; below 32768, from where on the kernel gives out ports"
              + " itself.");

  public static final Setting<Duration> APP_STAGING_TIMEOUT =
      Setting.of(
          "appStagingTimeout",
          Kinds.DURATION,
          "30 m",
          "How long an instance may fetch its artifacts and images before it has failed. A pull"
              + " goes on all the same, so that the next try finds the image there.");

  public static final Setting<Duration> APP_START_TIMEOUT =
      Setting.of(
          "appStartTimeout",
          Kinds.DURATION,
          "10 m",
          "How long an instance may take from then on until all its containers have been started,"
              + " which may wait for each other to be healthy.");

  public static final Setting<Integer> APP_PULL_TRIES =
      Setting.of(
          "appPullTries",
          Kinds.COUNT,
          "3",
          "How often an image is asked for before an instance that needs it has failed, ten seconds"
              + " apart.");

  public static final Setting<Duration> APP_LEFTOVER_GRACE =
      Setting.of(
          "appLeftoverGrace",
          Kinds.DURATION,
          "2 m",
          "How long containers, networks and folders of instances that nobody knows any more are"
              + " left alone before they are removed. Long enough for a node that starts to learn"
              + " what it missed.");

  public static final Setting<List<String>> ARTIFACT_SCHEMES =
      Setting.of(
          "artifactSchemes",
          Kinds.SCHEMES,
          "http,https",
          "How artifacts of apps may be fetched: some of http, https, file. With file whoever may"
              + " make an app may read whatever this node may.");

  public static final Setting<List<String>> ARTIFACT_NETWORKS =
      Setting.of(
          "artifactNetworks",
          Kinds.LIST,
          "",
          "Networks artifacts may be fetched from beside the public internet, as 10.0.0.0/8. None"
              + " by default: a node stands where those who make apps may not reach, and would ask"
              + " for them.");

  public static final Setting<Long> ARTIFACT_BYTES =
      Setting.of(
          "artifactBytes",
          Kinds.SIZE,
          "1 GiB",
          "The largest artifact that is fetched. Each instance has its own copy on disk.");

  public static final Setting<Long> ARTIFACT_UNPACKED_BYTES =
      Setting.of(
          "artifactUnpackedBytes",
          Kinds.SIZE,
          "4 GiB",
          "How much may come out of one archive: a small one can unpack to more than a disk"
              + " holds.");

  static final Chapter CHAPTER =
      new Chapter(
          "Instances of apps",
          List.of(
              APP_PORTS,
              APP_STAGING_TIMEOUT,
              APP_START_TIMEOUT,
              APP_PULL_TRIES,
              APP_LEFTOVER_GRACE,
              ARTIFACT_SCHEMES,
              ARTIFACT_NETWORKS,
              ARTIFACT_BYTES,
              ARTIFACT_UNPACKED_BYTES));

  private InstanceSettings() {}
}
