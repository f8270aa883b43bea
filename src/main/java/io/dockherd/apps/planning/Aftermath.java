package io.dockherd.apps.planning;

import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.AppConfig.Kind;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.apps.model.InstanceFailure;
import io.dockherd.apps.model.InstanceFailure.Reason;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.model.OnSplit;
import io.dockherd.apps.model.Outcomes;
import io.dockherd.apps.model.Rollout;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Takes note of what has become of instances: each end once. Pure.
 *
 * @param config what the app is to be
 * @param wasTrusted whether an instance had been well long enough to be trusted: its end is no
 *     rollout's fault
 * @param present the nodes that are there
 */
public record Aftermath(
    App app, AppConfig config, Predicate<InstanceId> wasTrusted, Set<String> present, Instant now) {
  public Aftermath {
    present = Set.copyOf(present);
  }

  /**
   * What is known after these.
   *
   * @param instances of present nodes; those that have been told to stop do, whatever their nodes
   *     still say
   * @param lost of nodes that have gone without a word
   */
  public Outcomes of(Outcomes before, List<Instance> instances, List<Instance> lost) {
    Set<InstanceId> noted = new HashSet<>(before.noted());
    Set<InstanceId> missed = new HashSet<>(before.lost());
    Set<InstanceId> told = new HashSet<>();
    Outcomes outcomes = before;
    for (Instance instance : instances) {
      told.add(instance.id());
      if (missed.contains(instance.id())) {
        outcomes = outcomes.found(instance.id());
      }
      if (noted.add(instance.id())) {
        outcomes = noted(outcomes, instance);
      }
      if (!instance.node().equals(outcomes.homes().get(instance.id().slot()))) {
        outcomes = housed(outcomes, instance);
      }
    }
    for (Instance instance : lost) {
      boolean isAway = told.add(instance.id());
      if (isAway && instance.phase().isLive() && missed.add(instance.id())) {
        outcomes = outcomes.lost(failure(instance, Reason.LOST, "its node has gone"));
        if (!outcomes.homes().containsKey(instance.id().slot())) {
          // Its node went before anybody took note that it was there.
          outcomes = housed(outcomes, instance);
        }
      }
    }
    outcomes = outcomes.remembering(told);
    return isAllThere(instances) ? withoutEmptyHomes(outcomes, instances) : outcomes;
  }

  private Outcomes noted(Outcomes outcomes, Instance instance) {
    boolean isDone =
        instance.phase() == Phase.FINISHED
            && config.kind() == Kind.JOB
            && instance.revision().equals(app.revision());
    if (isDone) {
      return outcomes.finished(instance.revision(), instance.id(), instance.node());
    }
    boolean hasEnded =
        instance.phase() == Phase.FAILED
            || instance.phase() == Phase.FINISHED && config.kind() == Kind.SERVICE;
    return hasEnded
        ? outcomes.failed(failure(instance), config.backoff(), now.toEpochMilli(), blamed(instance))
        : outcomes;
  }

  /** The rollout whose new instance it was. */
  private String blamed(Instance instance) {
    boolean isNew = instance.revision().equals(app.revision()) && !wasTrusted.test(instance.id());
    return isNew ? app.rollout().filter(Rollout::isRunning).map(Rollout::id).orElse("") : "";
  }

  private InstanceFailure failure(Instance instance) {
    String message = instance.phase() == Phase.FINISHED ? "it ended" : instance.message();
    return instance
        .failure()
        .orElseGet(
            () -> failure(instance, Reason.ENDED, message.isEmpty() ? "it failed" : message));
  }

  private InstanceFailure failure(Instance instance, Reason reason, String message) {
    return new InstanceFailure(
        instance.path(),
        instance.id(),
        instance.revision(),
        instance.node(),
        instance.host(),
        reason,
        message,
        "",
        -1,
        List.of(),
        now.toEpochMilli());
  }

  private boolean isAllThere(List<Instance> instances) {
    return app.rollout().isEmpty()
        && !app.isHalfway()
        && slots(instances).size() >= app.instances();
  }

  /**
   * Nobody is to come home to these any more. After a split they may be in the record of one side
   * though the other has let their instances go; and would count as instances that are away, once
   * their nodes are.
   */
  private Outcomes withoutEmptyHomes(Outcomes outcomes, List<Instance> instances) {
    Set<Integer> taken = slots(instances);
    Outcomes without = outcomes;
    for (Map.Entry<Integer, String> home : outcomes.homes().entrySet()) {
      boolean isEmpty = !taken.contains(home.getKey()) && present.contains(home.getValue());
      without = isEmpty ? without.unhoused(home.getKey()) : without;
    }
    return without;
  }

  private static Set<Integer> slots(List<Instance> instances) {
    return instances.stream()
        .filter(one -> one.phase().isLive())
        .map(one -> one.id().slot())
        .collect(Collectors.toSet());
  }

  /** Where an app stays is where its instances are seen first. */
  private Outcomes housed(Outcomes outcomes, Instance instance) {
    boolean isNews =
        config.onSplit() == OnSplit.STAY && !config.isGlobal() && instance.phase().isLive();
    return isNews ? outcomes.housed(instance.id().slot(), instance.node()) : outcomes;
  }
}
