package io.dockherd.doors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginsTest {
  private final Origins origins = new Origins(Set.of("Host-1", "host-1.example"));

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          # host, origin, site, loopback, let in
          -, -, -, true, true
          localhost:8080, -, -, true, true
          127.0.0.1:8080, -, -, true, true
          [::1]:8080, -, -, true, true
          host-1:8080, -, -, true, true
          HOST-1, -, -, true, true
          evil.example:8080, -, -, true, false
          evil.example:8080, -, -, false, true
          localhost:8080, http://localhost:8080, same-origin, true, true
          localhost:8080, http://localhost:9090, -, true, false
          localhost:8080, http://evil.example, -, true, false
          localhost:8080, null, -, true, false
          localhost:8080, '', -, true, false
          localhost:8080, -, cross-site, true, false
          evil.example, http://evil.example, same-origin, false, false
          10.0.0.1:8080, http://10.0.0.1:8080, -, false, true
          host-1.example:8080, https://host-1.example:8080, -, false, true
          -, http://evil.example, -, false, false
          """)
  void pagesOfOthersStayOut(
      String host, String origin, String site, boolean loopback, boolean letIn) {
    assertEquals(letIn, origins.objection(host, origin, site, loopback).isEmpty());
  }
}
