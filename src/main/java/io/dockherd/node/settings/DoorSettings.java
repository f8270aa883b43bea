package io.dockherd.node.settings;

import io.dockherd.doors.docker.containers.NameForm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ways in, and the limits of what comes through them. */
public final class DoorSettings {
  public static final Setting<Integer> REST_SERVICE_PORT =
      Setting.of(
              "restServicePort",
              Kinds.PORT,
              "8080",
              "Port of the actions door (POST /), on loopback always, and on every address of 'listen'"
                  + " and 'listenInsecure'; 0 takes any free one.")
          .alias("port");

  public static final Setting<List<String>> LISTEN =
      Setting.found(
          "listen",
          Kinds.LIST,
          "none",
          "More addresses the doors listen on, with TLS: callers show a certificate made by 'dockherd"
              + " cert'. Needs a key. 0.0.0.0 for all.");

  public static final Setting<List<String>> LISTEN_INSECURE =
      Setting.found(
          "listenInsecure",
          Kinds.LIST,
          "none",
          "More addresses the doors listen on in clear text, to anybody: whoever reaches them is root"
              + " on every host. For closed test networks only.");

  public static final Setting<Optional<List<String>>> DOCKER_LISTEN =
      Setting.found(
          "dockerListen",
          Kinds.OPTIONAL_LIST,
          "tcp://127.0.0.1:2375, and beside the actions door: port 2376 on every address of 'listen',"
              + " 2375 on every address of 'listenInsecure'",
          "Where the Docker door listens instead: tcp://host:port or unix:///path (for its owner only),"
              + " or none. TCP beyond loopback is TLS with client certificates (port 2376), but for"
              + " the addresses of 'listenInsecure', which are in clear text (port 2375). A usual port"
              + " that is taken is done without; one named here is not.");

  public static final Setting<NameForm> DOCKER_NAMES =
      Setting.of(
          "dockerNames",
          Kinds.NAME_FORM,
          "plain",
          "How the Docker door lists containers: plain shows /web and then /node-1/web, swarm shows"
              + " /node-1/web only, as classic Swarm did. Either form is understood everywhere.");

  public static final Setting<Long> MAX_REQUEST_BYTES =
      Setting.of(
          "maxRequestBytes",
          Kinds.SIZE,
          "2 MiB",
          "The longest JSON request a door reads; longer ones are refused before they fill memory."
              + " Streams (uploads, attached consoles) have no such limit.");

  public static final Setting<Optional<Path>> TEMPLATES_DIR =
      Setting.found(
          "templatesDir",
          Kinds.OPTIONAL_PATH,
          "/etc/dockherd/templates",
          "Folder of container templates, NAME.json each, read when asked for. Templates put through"
              + " the API are known to all nodes and win over a file of the same name.");

  public static final Setting<Duration> ANNOUNCE_INTERVAL =
      Setting.of(
          "announceInterval",
          Kinds.DURATION,
          "1250 ms",
          "How often the node announces itself on <herd>.register, for programs that follow it there as"
              + " they did with the seed. Membership does not depend on it.");

  public static final Setting<Duration> TASK_TIMEOUT =
      Setting.of(
          "taskTimeout",
          Kinds.DURATION,
          "2500 ms",
          "How long one node may take for an action that only reads. A request that asks all nodes"
              + " answers after that with what came, naming who did not answer.");

  public static final Setting<Duration> NEW_CONTAINER_TIMEOUT =
      Setting.of(
          "newContainerTimeout",
          Kinds.DURATION,
          "15 s",
          "How long creating one container may take on one node before another is tried; the time to"
              + " pull a missing image not counted.");

  public static final Setting<Duration> PULL_TIMEOUT =
      Setting.of(
          "pullTimeout",
          Kinds.DURATION,
          "10 m",
          "How long pulling a missing image may take. Big images on slow lines need minutes; a hung"
              + " registry should not hold a request for ever.");

  public static final Setting<Map<String, Duration>> ACTION_TIMEOUTS =
      Setting.found(
          "actionTimeouts",
          Kinds.LIMITS,
          "each action's own, see docs/actions.md",
          "Time limits of single actions, as {\"restart-container\": 60000}; wins over what the action"
              + " has by itself.");

  public static final Setting<Integer> MAX_INSTANCES =
      Setting.of(
          "maxInstances",
          Kinds.COUNT,
          "1000",
          "The most containers one request may ask for, so that a slip of the finger does not fill every"
              + " host.");

  public static final Setting<Integer> MAX_IN_WORK =
      Setting.of(
          "maxInWork",
          Kinds.COUNT,
          "256",
          "The most requests a node has in work at once, over HTTP and over the bus each; more are told"
              + " to come again. Bounds what a flood can take of the small heap.");

  public static final Setting<Integer> TCP_BRIDGE_PORT =
      Setting.of(
          "tcpBridgePort",
          Kinds.PORT,
          "0",
          "Port of the TCP event-bus bridge, for programs that are no Vert.x: on loopback, and on every"
              + " address of 'listen' and 'listenInsecure'; 0 is off, because it is one more way in.");

  public static final Setting<Integer> SOCK_JS_BRIDGE_PORT =
      Setting.of(
          "sockJsBridgePort",
          Kinds.PORT,
          "0",
          "Port of the SockJS event-bus bridge, for browsers: on loopback, and on every address of"
              + " 'listen' and 'listenInsecure'; 0 is off, because it is one more way in.");

  public static final Setting<List<String>> SOCK_JS_ORIGINS =
      Setting.found(
          "sockJsOrigins",
          Kinds.LIST,
          "none",
          "Web pages that may use the SockJS bridge, by their origin: https://console.example:8443."
              + " Others are turned away, or any page a browser on this machine shows could use it.");

  public static final Setting<Integer> MANIFESTS_PORT =
      Setting.of(
          "manifestsPort",
          Kinds.PORT,
          "0",
          "One more port for manifests alone, on loopback, and on every address of 'listen' and"
              + " 'listenInsecure': 4001 for programs that look for Dokkaa's etcd there. 0 is off, for"
              + " the actions door's port answers the same, and a real etcd may have it.");

  public static final Setting<String> MAIN =
      Setting.of(
          "main",
          Kinds.TEXT,
          "com.deblox.docker.DockerMod",
          "The seed's main verticle. Read so that its conf.json still works; means nothing here.");

  public static final Setting<Optional<List<String>>> SERVICES =
      Setting.found(
          "services",
          Kinds.OPTIONAL_LIST,
          "all",
          "The seed's list of services. Where it is given and no entry ends in HttpService there is no"
              + " actions door, as with the seed; the other entries are always on.");

  static final Chapter CHAPTER =
      new Chapter(
          "Doors",
          List.of(
              REST_SERVICE_PORT,
              LISTEN,
              LISTEN_INSECURE,
              DOCKER_LISTEN,
              DOCKER_NAMES,
              MAX_REQUEST_BYTES,
              TEMPLATES_DIR,
              ANNOUNCE_INTERVAL,
              TASK_TIMEOUT,
              NEW_CONTAINER_TIMEOUT,
              PULL_TIMEOUT,
              ACTION_TIMEOUTS,
              MAX_INSTANCES,
              MAX_IN_WORK,
              TCP_BRIDGE_PORT,
              SOCK_JS_BRIDGE_PORT,
              SOCK_JS_ORIGINS,
              MANIFESTS_PORT,
              MAIN,
              SERVICES));

  private DoorSettings() {}
}
