package io.dockherd.fleet.rescheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What ties a container to its host. */
class BelongingsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | {} | true",
        "{'NetworkMode':'back'} | {} | true",
        "{'Binds':[]} | {} | true",
        "{'Binds':null} | {'Mounts':[]} | true",
        "{'Binds':['/etc:/x']} | {} | false",
        "{'Binds':['data:/x']} | {} | false",
        "{'Mounts':[{'Type':'tmpfs'}]} | {'Mounts':[{'Type':'tmpfs'}]} | true",
        "{'Mounts':[{'Type':'volume'}]} | {} | false",
        "{} | {'Mounts':[{'Type':'volume','Name':'5f…'}]} | false",
        "{'VolumesFrom':['db']} | {} | false",
        "{'Links':['db:db']} | {} | false",
        "{'Devices':[{'PathOnHost':'/dev/fuse'}]} | {} | false",
        "{'NetworkMode':'container:4f1'} | {} | false",
        "{'PidMode':'container:4f1'} | {} | false",
        "{'IpcMode':'container:4f1'} | {} | false",
        "{'AutoRemove':true} | {} | false"
      })
  void areNoneOrSome(String host, String summary, boolean areNone) {
    JsonObject document =
        new JsonObject().put("HostConfig", new JsonObject(host.replace('\'', '"')));
    assertEquals(areNone, Belongings.areNone(document, new JsonObject(summary.replace('\'', '"'))));
  }
}
