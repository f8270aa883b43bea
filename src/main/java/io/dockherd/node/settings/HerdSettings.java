package io.dockherd.node.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which herd this node belongs to, under what name, and how it finds and trusts the others. */
public final class HerdSettings {
  public static final Setting<String> HERD =
      Setting.of(
              "herd",
              Kinds.NAME,
              "dockherd",
              "The herd's name: the base of the bus addresses and part of what is said on joining, so"
                  + " that two herds on one network stay apart. It is no secret; the key is.")
          .alias("clusterAddress");

  public static final Setting<Optional<String>> NAME =
      Setting.found(
              "name",
              Kinds.OPTIONAL_NAME,
              "the host's full name",
              "This node's name, unique in the herd: a second node of the same name is refused.")
          .alias("hostname");

  public static final Setting<Map<String, String>> LABELS =
      Setting.found(
          "labels",
          Kinds.LABELS,
          "none",
          "What sets this node apart, for filters when containers are placed: zone=a,disk=ssd.");

  public static final Setting<Optional<String>> ADDRESS =
      Setting.found(
              "address",
              Kinds.OPTIONAL_TEXT,
              "the address of the interface that leads out; 127.0.0.1 without a key",
              "Where the other nodes reach this one: an IP address or a name they can look up.")
          .alias("clusterHost");

  public static final Setting<Optional<String>> BIND =
      Setting.found(
          "bind",
          Kinds.OPTIONAL_TEXT,
          "the same as 'address'",
          "Where the three ports between nodes listen, when that differs from the address the others"
              + " use: behind address translation, or 0.0.0.0.");

  public static final Setting<Integer> GROUP_PORT =
      Setting.of(
          "groupPort",
          Kinds.PORT,
          "7411",
          "Port of the group: who is there, and what they tell about themselves. Fixed, because"
              + " discovery has to guess it.");

  public static final Setting<Integer> BUS_PORT =
      Setting.of(
              "busPort",
              Kinds.PORT,
              "7412",
              "Port of the event bus. Told to the others on joining, so it may differ from node to"
                  + " node; 0 takes any free one.")
          .alias("clusterPort");

  public static final Setting<Integer> RELAY_PORT =
      Setting.of(
          "relayPort",
          Kinds.PORT,
          "7413",
          "Port of the relay, over which calls reach another node's engine. Told to the others on"
              + " joining; 0 takes any free one.");

  public static final Setting<String> DISCOVERY =
      Setting.of(
          "discovery",
          Kinds.TEXT,
          "multicast://",
          "How the others are found: nodes://a,b:7411,10.0.0.[1:9], multicast://, dns://name,"
              + " file:///path, or a store where every node puts in its address: etcd://a:2379,b/prefix,"
              + " consul://a:8500/prefix, zk://a:2181,b/prefix. Discovery only finds; the key admits."
              + " Multicast needs no list, but stays within one network segment and finds nothing in"
              + " most clouds.");

  public static final Setting<Map<String, String>> DISCOVERY_OPT =
      Setting.found(
          "discoveryOpt",
          Kinds.LABELS,
          "none",
          "What there is to say about a store, as classic Swarm had it: kv.path, the path below the"
              + " prefix (docker/swarm/nodes unless said; give the nodes one of their own where engines"
              + " are registered in the same store); kv.cacertfile, kv.certfile and kv.keyfile, PEM files"
              + " for TLS to etcd and Consul.");

  public static final Setting<Duration> DISCOVERY_TTL =
      Setting.of(
          "discoveryTtl",
          Kinds.DURATION,
          "3 m",
          "How long a store keeps the address of a node that died; a node that leaves takes it out"
              + " itself. It is prolonged at every third of that. An address too many costs nothing"
              + " but an attempt, one too few a node not found, so it is rather long. ZooKeeper goes by"
              + " its sessions instead.");

  public static final Setting<Optional<Path>> KEY_FILE =
      Setting.found(
          "keyFile",
          Kinds.OPTIONAL_PATH,
          "none: the node stays alone on loopback",
          "The herd key, made by 'dockherd key new FILE' and copied to every node; mode 0600. Whoever has"
              + " it is a member.");

  public static final Setting<Optional<String>> KEY =
      Setting.found(
              "key",
              Kinds.OPTIONAL_TEXT,
              "none",
              "The herd key itself instead of a file, for whoever hands secrets over in the"
                  + " environment.")
          .secret();

  public static final Setting<Boolean> INSECURE =
      Setting.of(
          "insecure",
          Kinds.SWITCH,
          "false",
          "Join without a key: anybody who reaches the ports is a member and with that root on every"
              + " host. For closed test networks only.");

  public static final Setting<Optional<Path>> DATA_DIR =
      Setting.found(
          "dataDir",
          Kinds.OPTIONAL_PATH,
          "/var/lib/dockherd for root, else ~/.local/share/dockherd",
          "Where records are kept so that any one surviving node brings them back. 'none' keeps"
              + " nothing on disk: then records live as long as one node that knows them.");

  public static final Setting<Duration> FORGET_AFTER =
      Setting.of(
          "forgetAfter",
          Kinds.DURATION,
          "7 d",
          "How long a node that went silently still counts as known, and how long deleted records are"
              + " remembered as deleted. A node away for longer drops its own records on return, so"
              + " that nothing deleted comes back.");

  static final Chapter CHAPTER =
      new Chapter(
          "The herd",
          List.of(
              HERD,
              NAME,
              LABELS,
              ADDRESS,
              BIND,
              GROUP_PORT,
              BUS_PORT,
              RELAY_PORT,
              DISCOVERY,
              DISCOVERY_OPT,
              DISCOVERY_TTL,
              KEY_FILE,
              KEY,
              INSECURE,
              DATA_DIR,
              FORGET_AFTER));

  private HerdSettings() {}
}
