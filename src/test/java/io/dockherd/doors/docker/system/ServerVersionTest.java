package io.dockherd.doors.docker.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerVersionTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          20.10.24,                     20.10.24+dockherd.1.0
          20.10.24 28.0.1,              20.10.24+dockherd.1.0
          28.0.1 20.10.24 20.10.9,      20.10.9+dockherd.1.0
          20.10 20.10.0,                20.10+dockherd.1.0
          20.10.24+dfsg1 28.0.1-rc.1,   20.10.24+dockherd.1.0
          dev 28.0.1,                   28.0.1+dockherd.1.0
          dev,                          0.0.0+dockherd.1.0
          '',                           0.0.0+dockherd.1.0
          """)
  void itIsTheOldestEnginesAndOurOwn(String engines, String expected) {
    assertEquals(expected, ServerVersion.of(List.of(engines.split(" ")), "1.0"));
  }
}
