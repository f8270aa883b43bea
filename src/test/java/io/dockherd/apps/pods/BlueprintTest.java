package io.dockherd.apps.pods;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.ContainerSpec;
import io.dockherd.apps.model.FileSpec;
import io.dockherd.apps.model.NamedNetwork;
import io.dockherd.apps.model.NamedVolume;
import io.dockherd.apps.model.PodSpec;
import io.dockherd.apps.model.PortSpec;
import io.dockherd.apps.model.Revision;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BlueprintTest {
  private static final InstanceKey KEY = PodsNode.key("/shop/web", 2);

  private static Blueprint of(PodSpec pod, Integer... ports) {
    Revision revision = PodsNode.revision(KEY, AppConfig.service(pod));
    LateValues late =
        new LateValues(
            KEY.path(), KEY.id(), "10.0.0.1", "host-1", "", "/folders/web", List.of(ports));
    return new Blueprint("herd", revision, Draft.written(pod), late, "", 4);
  }

  private static JsonObject document(Blueprint blueprint, String name, Map<String, String> ids) {
    return blueprint.part(blueprint.layout().container(name), ids).document();
  }

  private static JsonObject json(String text) {
    return new JsonObject(text.replace('\'', '"'));
  }

  @Test
  void portsAreThoseOfTheNetworksOwner() {
    ContainerSpec base = Specs.sleeper("base");
    ContainerSpec web = Specs.inNetworkOf(Specs.sleeper("web"), "base");
    Blueprint blueprint =
        of(
            Specs.pod(List.of(Specs.port("web", 5000, 0), Specs.port("", 0, 0)), base, web),
            31000,
            31001);
    JsonObject document = document(blueprint, "base", Map.of());
    assertEquals(
        json(
            "{'5000/tcp':[{'HostIp':'','HostPort':'31000'}],'31001/tcp':[{'HostIp':'','HostPort':'31001'}]}"),
        document.getJsonObject("HostConfig").getJsonObject("PortBindings"));
    JsonObject joined = document(blueprint, "web", Map.of("base", "4f1"));
    assertEquals("container:4f1", joined.getJsonObject("HostConfig").getString("NetworkMode"));
    assertFalse(joined.getJsonObject("HostConfig").containsKey("PortBindings"));
  }

  @Test
  void noLabelHoldsASecret() {
    AppConfig plain = AppConfig.service(PodSpec.of(List.of(Specs.sleeper("web"))));
    assertTrue(PodLabels.document(PodsNode.revision(KEY, plain)).isPresent());
    AppConfig anyone = fetching(plain, "https://example.org/a@b.zip");
    assertTrue(PodLabels.document(PodsNode.revision(KEY, anyone)).isPresent());
    for (AppConfig secretive :
        List.of(
            fetching(plain, "https://me:secret@example.org/a.zip"),
            Specs.podBut(Specs.ofFiles("a.yml"), "environment", json("{'PASSWORD':'secret'}")))) {
      assertTrue(PodLabels.document(PodsNode.revision(KEY, secretive)).isEmpty());
    }
  }

  private static AppConfig fetching(AppConfig config, String uri) {
    return Specs.podBut(config, "artifacts", new JsonArray().add(new JsonObject().put("uri", uri)));
  }

  @Test
  void inTheHostsNetworkNothingIsPublished() {
    ContainerSpec web =
        Specs.with(Specs.sleeper("web"), json("{'HostConfig':{'NetworkMode':'host'}}"));
    JsonObject document =
        document(of(Specs.pod(List.of(Specs.port("", 80, 0)), web), 31000), "web", Map.of());
    assertFalse(document.getJsonObject("HostConfig").containsKey("PortBindings"));
    assertTrue(document.getJsonObject("ExposedPorts").containsKey("80/tcp"));
  }

  @Test
  void whatTheAppSaysOfItsEnvironmentWins() {
    ContainerSpec web =
        Specs.late(
            Specs.lateLabel(
                Specs.with(Specs.sleeper("web"), json("{'Env':['PORT0=mine','A=b']}")),
                "task",
                "{task}"),
            Map.of("PORT0", "{port:0}", "HOST", "{host}"));
    JsonObject document =
        document(of(Specs.pod(List.of(Specs.port("", 80, 0)), web), 31000), "web", Map.of());
    assertEquals(
        new JsonArray().add("PORT0=mine").add("A=b").add("HOST=10.0.0.1"),
        document.getJsonArray("Env"));
    assertEquals("31000", document.getJsonObject("Labels").getString("io.dockherd.ports"));
    assertTrue(document.getJsonObject("Labels").getString("task").startsWith("shop_web."));
  }

  @Test
  void labelsOfTheHerdAreNobodyElsesToWrite() {
    ContainerSpec web =
        Specs.lateLabel(
            Specs.with(
                Specs.sleeper("web"), json("{'Labels':{'io.dockherd.owner':'root','a':'b'}}")),
            "io.dockherd.herd",
            "other");
    JsonObject labels =
        document(of(Specs.pod(List.of(), web)), "web", Map.of()).getJsonObject("Labels");
    assertEquals("tester", labels.getString("io.dockherd.owner"));
    assertEquals("herd", labels.getString("io.dockherd.herd"));
    assertEquals("b", labels.getString("a"));
  }

  @Test
  void secretsAreOnNoLabel() {
    ContainerSpec web =
        Specs.holding(
            Specs.sleeper("web"),
            new FileSpec("/run/secrets/x", Buffer.buffer("top"), "0400", 0, 0, true));
    JsonObject labels =
        document(of(Specs.pod(List.of(), web)), "web", Map.of()).getJsonObject("Labels");
    assertFalse(labels.containsKey("io.dockherd.document"));
  }

  @Test
  void restartsAreTheNodes() {
    ContainerSpec web =
        Specs.with(
            Specs.sleeper("web"),
            json("{'HostConfig':{'RestartPolicy':{'Name':'always'},'AutoRemove':true}}"));
    JsonObject host =
        document(of(Specs.pod(List.of(), web)), "web", Map.of()).getJsonObject("HostConfig");
    assertFalse(host.containsKey("RestartPolicy"));
    assertFalse(host.containsKey("AutoRemove"));
  }

  @Test
  void namespacesVolumesAndLinksLeadToContainersOfThePod() {
    ContainerSpec db = Specs.sleeper("db");
    ContainerSpec web =
        Specs.takingVolumes(
            Specs.inProcessesOf(
                Specs.with(
                    Specs.sleeper("web"), json("{'HostConfig':{'Links':['db','db:store','x:y']}}")),
                "db"),
            "db",
            "ro");
    Blueprint blueprint = of(Specs.pod(List.of(), web, db));
    assertEquals(
        "shareable",
        document(blueprint, "db", Map.of()).getJsonObject("HostConfig").getString("IpcMode"));
    JsonObject host = document(blueprint, "web", Map.of("db", "77")).getJsonObject("HostConfig");
    assertEquals("container:77", host.getString("PidMode"));
    assertEquals("container:77", host.getString("IpcMode"));
    assertEquals(new JsonArray().add("77:ro"), host.getJsonArray("VolumesFrom"));
    assertEquals(
        new JsonArray().add("shop-db-2:db").add("shop-db-2:store").add("x:y"),
        host.getJsonArray("Links"));
  }

  @Test
  void oneNetworkIsNamedAtTheCreationAndTheOthersAfter() {
    ContainerSpec web =
        Specs.with(
            Specs.sleeper("web"),
            json("{'NetworkingConfig':{'EndpointsConfig':{'a':{},'b':{'Aliases':['w']}}}}"));
    Blueprint.Part part =
        of(Specs.pod(List.of(), web)).part(PodLayout.of(List.of(web)).container("web"), Map.of());
    assertEquals("a", part.document().getJsonObject("HostConfig").getString("NetworkMode"));
    assertEquals(
        json("{'EndpointsConfig':{'a':{}}}"), part.document().getJsonObject("NetworkingConfig"));
    assertEquals(Map.of("b", json("{'Aliases':['w']}")), part.networks());
  }

  @Test
  void theInstancesOwnFolderIsBoundWhereItIsAskedFor() {
    ContainerSpec web =
        ContainerSpec.plain(
            "web", "web", json("{'HostConfig':{'Binds':['{folder}:/in','{folder}/..:/up']}}"));
    JsonObject document = document(of(Specs.pod(List.of(), web)), "web", Map.of());
    assertEquals(
        new JsonArray().add("/folders/web:/in").add("{folder}/..:/up"),
        document.getJsonObject("HostConfig").getJsonArray("Binds"));
  }

  @Test
  void volumesOfAnInstanceAreCalledAfterIt() {
    ContainerSpec web =
        Specs.with(
            Specs.sleeper("web"),
            json(
                "{'HostConfig':{'Binds':['data{nth}:/data:ro','/etc:/x','other:/y'],"
                    + "'Mounts':[{'Type':'volume','Source':'data{nth}','Target':'/z'}]}}"));
    PodSpec plain = Specs.pod(List.of(), web);
    PodSpec pod =
        new PodSpec(
            plain.source(),
            List.<PortSpec>of(),
            List.of(),
            List.of(new NamedVolume("data{nth}", new JsonObject(), false, true)),
            List.of(),
            plain.failure(),
            plain.resources());
    JsonObject host = document(of(pod), "web", Map.of()).getJsonObject("HostConfig");
    assertEquals(
        new JsonArray().add("data-2:/data:ro").add("/etc:/x").add("other:/y"),
        host.getJsonArray("Binds"));
    assertEquals("data-2", host.getJsonArray("Mounts").getJsonObject(0).getString("Source"));
  }

  @Test
  void anInstancesOwnNetworksBearItsNumber() {
    ContainerSpec web =
        Specs.with(
            Specs.sleeper("web"),
            json(
                "{'HostConfig':{'NetworkMode':'front{nth}'},'NetworkingConfig':{'EndpointsConfig':"
                    + "{'front{nth}':{'Aliases':['web']},'shared':{}}}}"));
    PodSpec plain = Specs.pod(List.of(), web);
    PodSpec pod =
        new PodSpec(
            plain.source(),
            List.<PortSpec>of(),
            List.of(
                new NamedNetwork("front{nth}", new JsonObject(), false, true),
                new NamedNetwork("shared", new JsonObject(), false)),
            List.of(),
            List.of(),
            plain.failure(),
            plain.resources());
    Blueprint.Part part = of(pod).part(of(pod).layout().container("web"), Map.of());
    assertEquals("front-2", part.document().getJsonObject("HostConfig").getString("NetworkMode"));
    assertEquals(
        new JsonObject()
            .put("front-2", new JsonObject().put("Aliases", new JsonArray().add("web"))),
        part.document().getJsonObject("NetworkingConfig").getJsonObject("EndpointsConfig"));
    assertEquals(java.util.Set.of("shared"), part.networks().keySet());
  }
}
