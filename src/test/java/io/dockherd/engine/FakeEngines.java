package io.dockherd.engine;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/** The fake engines of a test and the clients that speak to them; closed together. */
final class FakeEngines implements AutoCloseable {
  private final Vertx vertx;
  private final List<Runnable> opened = new ArrayList<>();

  FakeEngines(Vertx vertx) {
    this.vertx = vertx;
  }

  /** One that behaves as the script says. */
  FakeEngine fake(FakeEngine.Script script) {
    FakeEngine fake = new FakeEngine(script);
    opened.addFirst(fake::close);
    return fake;
  }

  /** The client of one. */
  Engine of(FakeEngine fake) {
    return of(fake, EngineSettings.defaults());
  }

  Engine of(FakeEngine fake, EngineSettings settings) {
    Engine engine = HttpEngine.at(vertx, fake.address(), settings);
    opened.addFirst(engine::close);
    return engine;
  }

  /** So many connections of each kind, and so many requests that wait for one. */
  static EngineSettings narrow(int connections, int waiting) {
    EngineSettings usual = EngineSettings.defaults();
    return new EngineSettings(
        usual.connectLimit(),
        usual.probeLimit(),
        connections,
        connections,
        connections,
        usual.dialsAtOnce(),
        waiting,
        usual.idleLimit(),
        usual.bodyLimitBytes(),
        usual.events());
  }

  @Override
  public void close() {
    opened.forEach(Runnable::run);
  }
}
