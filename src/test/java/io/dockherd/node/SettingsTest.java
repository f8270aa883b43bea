package io.dockherd.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.doors.docker.containers.NameForm;
import io.dockherd.failure.Invalid;
import io.dockherd.node.settings.DoorSettings;
import io.dockherd.node.settings.EngineSettings;
import io.dockherd.node.settings.FailureDetectionSettings;
import io.dockherd.node.settings.HerdSettings;
import io.dockherd.node.settings.InstanceSettings;
import io.dockherd.node.settings.LogSettings;
import io.dockherd.node.settings.Setting;
import io.vertx.core.json.JsonObject;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static final Map<Setting<?>, String> NO_FLAGS = Map.of();
  private static final Map<String, String> NO_VARIABLES = Map.of();

  private static Settings fromFile(String json) {
    return SettingsReader.read(NO_FLAGS, NO_VARIABLES, new JsonObject(json));
  }

  @Test
  void theDefaultsAreThese() {
    Settings settings = Settings.defaults();
    assertEquals("dockherd", settings.get(HerdSettings.HERD));
    assertEquals(Map.of(), settings.get(HerdSettings.LABELS));
    assertEquals(7411, settings.get(HerdSettings.GROUP_PORT));
    assertEquals(7412, settings.get(HerdSettings.BUS_PORT));
    assertEquals(7413, settings.get(HerdSettings.RELAY_PORT));
    assertEquals("multicast://", settings.get(HerdSettings.DISCOVERY));
    assertEquals(Optional.empty(), settings.get(HerdSettings.KEY_FILE));
    assertEquals(Optional.empty(), settings.get(HerdSettings.KEY));
    assertFalse(settings.get(HerdSettings.INSECURE));
    assertEquals(Duration.ofDays(7), settings.get(HerdSettings.FORGET_AFTER));
    assertEquals("127.0.0.1", settings.address());
    assertEquals("unix:///var/run/docker.sock", settings.engine().toString());
    assertEquals(Duration.ofSeconds(30), settings.get(EngineSettings.TRACKING_SERVICE_INTERVAL));
    assertEquals(8080, settings.get(DoorSettings.REST_SERVICE_PORT));
    assertEquals(List.of(), settings.get(DoorSettings.LISTEN));
    assertEquals(List.of(), settings.get(DoorSettings.LISTEN_INSECURE));
    assertEquals(Optional.empty(), settings.get(DoorSettings.DOCKER_LISTEN));
    assertEquals(NameForm.PLAIN, settings.get(DoorSettings.DOCKER_NAMES));
    assertEquals(2L << 20, settings.get(DoorSettings.MAX_REQUEST_BYTES));
    assertEquals(Path.of("/etc/dockherd/templates"), settings.templatesDir());
    assertEquals(Duration.ofMillis(1250), settings.get(DoorSettings.ANNOUNCE_INTERVAL));
    assertEquals(Duration.ofMillis(2500), settings.get(DoorSettings.TASK_TIMEOUT));
    assertEquals(Duration.ofSeconds(15), settings.get(DoorSettings.NEW_CONTAINER_TIMEOUT));
    assertEquals(Duration.ofMinutes(10), settings.get(DoorSettings.PULL_TIMEOUT));
    assertEquals(Map.of(), settings.get(DoorSettings.ACTION_TIMEOUTS));
    assertEquals(1000, settings.get(DoorSettings.MAX_INSTANCES));
    assertEquals(256, settings.get(DoorSettings.MAX_IN_WORK));
    assertEquals(0, settings.get(DoorSettings.TCP_BRIDGE_PORT));
    assertEquals(0, settings.get(DoorSettings.SOCK_JS_BRIDGE_PORT));
    assertTrue(settings.opensActionsDoor());
    assertEquals(List.of(31000, 32000), settings.get(InstanceSettings.APP_PORTS));
    assertEquals(Duration.ofMinutes(30), settings.get(InstanceSettings.APP_STAGING_TIMEOUT));
    assertEquals(Duration.ofMinutes(10), settings.get(InstanceSettings.APP_START_TIMEOUT));
    assertEquals(3, settings.get(InstanceSettings.APP_PULL_TRIES));
    assertEquals(Duration.ofMinutes(2), settings.get(InstanceSettings.APP_LEFTOVER_GRACE));
    assertEquals(List.of("http", "https"), settings.get(InstanceSettings.ARTIFACT_SCHEMES));
    assertEquals(List.of(), settings.get(InstanceSettings.ARTIFACT_NETWORKS));
    assertEquals(1L << 30, settings.get(InstanceSettings.ARTIFACT_BYTES));
    assertEquals(4L << 30, settings.get(InstanceSettings.ARTIFACT_UNPACKED_BYTES));
    assertEquals(Duration.ofMillis(500), settings.get(FailureDetectionSettings.HEARTBEAT_INTERVAL));
    assertEquals(Duration.ofSeconds(4), settings.get(FailureDetectionSettings.HEARTBEAT_TIMEOUT));
    assertEquals(Duration.ofMillis(400), settings.get(FailureDetectionSettings.VERIFY_TIMEOUT));
    assertEquals(Duration.ofSeconds(1), settings.get(FailureDetectionSettings.MERGE_INTERVAL));
    assertEquals(Duration.ofMillis(400), settings.get(FailureDetectionSettings.JOIN_TIMEOUT));
    assertEquals(Level.INFO, settings.get(LogSettings.LOG_LEVEL));
  }

  @Test
  void theSeedsConfigurationFileMeansWhatItMeant() {
    Settings settings =
        fromFile(
            """
            {
              "main": "com.deblox.docker.DockerMod",
              /* as shipped */
              "services": ["com.deblox.docker.services.ContainerTrackingService",
                           "com.deblox.docker.services.HttpService"],
              "clusterAddress": "deblox",
              "hostname": "node-a",
              "dockerHost": "docker.example", // clear text
              "dockerPort": 5555,
              "announceInterval": 1250,
              "trackingServiceInterval": 10000,
              "taskTimeout": 2500,
              "newContainerTimeout": 15000,
              "restServicePort": 8080
            }""");
    assertEquals("deblox", settings.get(HerdSettings.HERD));
    assertEquals("node-a", settings.name());
    assertEquals("tcp://docker.example:5555", settings.engine().toString());
    assertEquals(Duration.ofSeconds(10), settings.get(EngineSettings.TRACKING_SERVICE_INTERVAL));
    assertTrue(settings.opensActionsDoor());
    assertEquals(List.of(), settings.warnings());
  }

  @Test
  void withoutHttpServiceAmongTheServicesThereIsNoActionsDoor() {
    assertFalse(fromFile("{'services': []}".replace('\'', '"')).opensActionsDoor());
  }

  @Test
  void aFlagWinsOverAVariableAndThatOverTheFile() {
    JsonObject file = new JsonObject().put("clusterAddress", "file").put("busPort", 1);
    Map<String, String> variables = Map.of("DOCKHERD_HERD", "variable", "DOCKHERD_RELAY_PORT", "2");
    Settings settings = SettingsReader.read(Map.of(HerdSettings.HERD, "flag"), variables, file);
    assertEquals("flag", settings.get(HerdSettings.HERD));
    assertEquals(2, settings.get(HerdSettings.RELAY_PORT));
    assertEquals(1, settings.get(HerdSettings.BUS_PORT));
    settings = SettingsReader.read(NO_FLAGS, variables, file);
    assertEquals("variable", settings.get(HerdSettings.HERD));
  }

  @Test
  void theEngineIsTheOneNamedNearest() {
    Map<String, String> docker = Map.of("DOCKER_HOST", "unix:///docker.sock");
    assertEquals(
        "unix:///docker.sock",
        SettingsReader.read(NO_FLAGS, docker, new JsonObject()).engine().toString());
    JsonObject port = new JsonObject().put("dockerPort", 2375);
    assertEquals(
        "tcp://localhost:2375", SettingsReader.read(NO_FLAGS, docker, port).engine().toString());
    port.put("engine", "/e.sock");
    assertEquals("unix:///e.sock", SettingsReader.read(NO_FLAGS, docker, port).engine().toString());
  }

  @Test
  void anUnknownKeyIsToldWithTheNearestKnownOne() {
    assertEquals(
        List.of(
            "unknown key 'taskTimeot' in the configuration file;"
                + " the nearest known one is 'taskTimeout'"),
        fromFile("{\"taskTimeot\": 1}").warnings());
  }

  @Test
  void aWrongTypeIsToldWithKeyValueAndWhatIsExpected() {
    Invalid wrong = assertThrows(Invalid.class, () -> fromFile("{\"restServicePort\": \"http\"}"));
    assertEquals(
        "the key 'restServicePort' can't be read: http; expected a port number from 0 to 65535",
        wrong.explanation());
    assertThrows(Invalid.class, () -> fromFile("{\"restServicePort\": 65536}"));
    assertThrows(Invalid.class, () -> fromFile("{\"restServicePort\": null}"));
    assertThrows(Invalid.class, () -> fromFile("{\"insecure\": \"yes\"}"));
    assertThrows(Invalid.class, () -> fromFile("{\"herd\": 7}"));
    assertThrows(Invalid.class, () -> fromFile("{\"herd\": \"a b\"}"));
    assertThrows(Invalid.class, () -> fromFile("{\"labels\": {\"a\": 1}}"));
    assertThrows(Invalid.class, () -> fromFile("{\"taskTimeout\": -1}"));
    assertThrows(Invalid.class, () -> fromFile("{\"taskTimeout\": \"5 years\"}"));
    assertThrows(Invalid.class, () -> fromFile("{\"taskTimeout\": 99999999999999999999}"));
    assertThrows(Invalid.class, () -> fromFile("{\"appPorts\": \"32000-31000\"}"));
    assertThrows(Invalid.class, () -> fromFile("{\"artifactSchemes\": \"gopher\"}"));
    assertThrows(Invalid.class, () -> fromFile("{\"logLevel\": \"loud\"}"));
    assertThrows(Invalid.class, () -> fromFile("{\"engine\": \"ftp://x\"}"));
  }

  @Test
  void aSecretIsNeverRepeatedInAMessage() {
    Invalid wrong = assertThrows(Invalid.class, () -> HerdSettings.KEY.read(1234567, "the key"));
    assertFalse(wrong.explanation().contains("1234567"));
  }

  @Test
  void oneThingSaidTwiceIsRefused() {
    assertThrows(Invalid.class, () -> fromFile("{\"herd\": \"a\", \"clusterAddress\": \"b\"}"));
  }

  @Test
  void whatContradictsItselfIsRefused() {
    assertThrows(Invalid.class, () -> fromFile("{\"keyFile\": \"/k\", \"insecure\": true}"));
    assertThrows(Invalid.class, () -> fromFile("{\"listen\": [\"0.0.0.0\"]}"));
  }

  @Test
  void timesSizesListsAndPairsAreReadAsTextAndAsJson() {
    Settings settings =
        fromFile(
            """
            {"taskTimeout": "3 s", "announceInterval": 1500.7, "maxRequestBytes": "64KiB",
             "labels": "zone=a, disk=ssd", "listenInsecure": "10.213.0.1,10.213.0.2",
             "actionTimeouts": {"restart-container": "1 m", "logs": 500}}""");
    assertEquals(Duration.ofSeconds(3), settings.get(DoorSettings.TASK_TIMEOUT));
    assertEquals(Duration.ofMillis(1500), settings.get(DoorSettings.ANNOUNCE_INTERVAL));
    assertEquals(64L << 10, settings.get(DoorSettings.MAX_REQUEST_BYTES));
    assertEquals(Map.of("zone", "a", "disk", "ssd"), settings.get(HerdSettings.LABELS));
    assertEquals(List.of("10.213.0.1", "10.213.0.2"), settings.get(DoorSettings.LISTEN_INSECURE));
    assertEquals(
        Map.of("restart-container", Duration.ofMinutes(1), "logs", Duration.ofMillis(500)),
        settings.get(DoorSettings.ACTION_TIMEOUTS));
  }

  @Test
  void aDataDirectoryOfNoneKeepsNothing() {
    assertEquals(Optional.empty(), fromFile("{\"dataDir\": \"none\"}").dataDir());
    assertEquals(Optional.of(Path.of("/d")), fromFile("{\"dataDir\": \"/d\"}").dataDir());
  }

  @Test
  void aNodeWithoutAKeyStaysOnLoopbackWhateverElseIsSaid() {
    JsonObject file =
        new JsonObject()
            .put("address", "10.0.0.1")
            .put("bind", "0.0.0.0")
            .put("discovery", "dns://x");
    Settings alone = SettingsReader.read(NO_FLAGS, Map.of(), file);
    assertTrue(alone.isAlone());
    assertEquals("127.0.0.1", alone.bind());
    assertEquals("127.0.0.1", alone.address());
    Settings insecure = SettingsReader.read(NO_FLAGS, Map.of(), file.put("insecure", true));
    assertFalse(insecure.isAlone());
    assertEquals("0.0.0.0", insecure.bind());
  }
}
