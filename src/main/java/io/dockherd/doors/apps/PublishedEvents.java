package io.dockherd.doors.apps;

import io.dockherd.apps.AppEvent;
import io.dockherd.apps.Apps;
import io.dockherd.apps.model.AppPath;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.function.Predicate;

/**
 * Publishes what happens to apps on {@code <herd>.events}, each event once: those of an instance by
 * its own node, all others by the app's steward.
 *
 * <pre>
 * {"type":"app","action":"instance-moved","path":"/shop/web","words":"/shop/web #3 on host-2 is running",
 *  "node":"host-2","instance":"3-k2x9qa0b",…,"time":1774000000123}</pre>
 */
public final class PublishedEvents implements AutoCloseable {
  private final EventBus bus;
  private final String address;
  private final String node;
  private final Predicate<AppPath> isSteward;
  private final InstantSource clock;
  private volatile boolean isOpen = true;

  /**
   * Those of these apps, from now on.
   *
   * @param clusterAddress the herd's own, before {@code .events}
   * @param node this one's name
   * @param isSteward whether this node looks after an app just now
   */
  public PublishedEvents(
      EventBus bus,
      String clusterAddress,
      String node,
      Predicate<AppPath> isSteward,
      Apps apps,
      InstantSource clock) {
    this.bus = bus;
    this.address = clusterAddress + ".events";
    this.node = node;
    this.isSteward = isSteward;
    this.clock = clock;
    apps.listen(this::publish);
  }

  private void publish(AppEvent event) {
    if (isOpen && isOurs(event)) {
      JsonObject form = EventForms.of(event);
      Object action = form.remove("event");
      JsonObject told = new JsonObject().put("type", "app").put("action", action);
      bus.publish(address, told.mergeIn(form).put("time", clock.millis()));
    }
  }

  private boolean isOurs(AppEvent event) {
    return switch (event) {
      case AppEvent.InstanceMoved it -> node.equals(it.now().node());
      case AppEvent.HealthChanged it -> node.equals(it.now().node());
      case AppEvent.CheckFailed it -> node.equals(it.now().node());
      case AppEvent.InstanceFailed it -> node.equals(it.failure().node());
      // A lost node tells nothing.
      case AppEvent.InstanceGone it ->
          it.isLost() ? isSteward.test(it.path()) : node.equals(it.last().node());
      case AppEvent.Changed it -> isSteward.test(it.path());
      case AppEvent.Deleted it -> isSteward.test(it.path());
      case AppEvent.RolloutBegan it -> isSteward.test(it.path());
      case AppEvent.RolloutSucceeded it -> isSteward.test(it.path());
      case AppEvent.RolloutFailed it -> isSteward.test(it.path());
      case AppEvent.Contradicted it -> isSteward.test(it.path());
    };
  }

  @Override
  public void close() {
    isOpen = false;
  }
}
