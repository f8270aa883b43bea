package io.dockherd.herd.group;

import io.dockherd.failure.Failure;
import io.dockherd.failure.Refused;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Groups in one process, joined by memory instead of a network: can be split, healed and killed at
 * will, at once. Keeps what {@link Channel} and {@link Participant} promise.
 */
public final class InMemoryGroups implements AutoCloseable {
  private final List<Peer> joined = new ArrayList<>();
  private final Map<PeerId, Integer> side = new LinkedHashMap<>();

  /** A new process, not yet joined. */
  public Group newPeer() {
    return new Peer();
  }

  /** Parts the peers: those of {@code groups} on one side, all others on the other. */
  public synchronized void split(Group... groups) {
    Set<PeerId> apart = new HashSet<>();
    for (Group group : groups) {
      apart.add(group.self());
    }
    joined.forEach(peer -> side.put(peer.self, apart.contains(peer.self) ? 1 : 0));
    refresh(false);
  }

  /** Joins all sides again. */
  public synchronized void heal() {
    joined.forEach(peer -> side.put(peer.self, 0));
    refresh(true);
  }

  /** The process is gone at once. */
  public synchronized void kill(Group group) {
    joined.removeIf(peer -> peer.self.equals(group.self()));
    side.remove(group.self());
    refresh(false);
  }

  @Override
  public synchronized void close() {
    List.copyOf(joined).forEach(Peer::close);
  }

  private void refresh(boolean healed) {
    for (Peer peer : joined) {
      List<PeerId> present = reachable(peer).stream().map(other -> other.self).toList();
      List<PeerId> before = peer.view.number() == 0 ? List.of() : peer.view.peers();
      if (present.equals(before)) {
        continue;
      }
      List<PeerId> came = present.stream().filter(id -> !before.contains(id)).toList();
      List<PeerId> went = before.stream().filter(id -> !present.contains(id)).toList();
      View view = new View(peer.view.number() + 1, present, came, went, healed && !came.isEmpty());
      peer.view = view;
      went.forEach(peer::giveUpOn);
      peer.eachParticipant(participant -> participant.onView(view));
    }
  }

  private List<Peer> reachable(Peer from) {
    Integer mine = side.get(from.self);
    return joined.stream().filter(peer -> side.get(peer.self).equals(mine)).toList();
  }

  private synchronized List<Peer> others(Peer from) {
    if (!joined.contains(from)) {
      return List.of();
    }
    return reachable(from).stream().filter(peer -> peer != from).toList();
  }

  private final class Peer implements Group {
    private final PeerId self = new PeerId(UUID.randomUUID().toString());
    private final Map<String, Participant> participants = new LinkedHashMap<>();
    private final Map<String, ExecutorService> order = new LinkedHashMap<>();
    private final Map<PeerId, Set<CompletableFuture<byte[]>>> awaited = new ConcurrentHashMap<>();
    private volatile View view = new View(0, List.of(self), List.of(self), List.of(), false);

    @Override
    public PeerId self() {
      return self;
    }

    @Override
    public Channel open(String name, Participant participant) {
      if (participants.putIfAbsent(name, participant) != null) {
        throw new IllegalStateException("channel " + name + " is open already");
      }
      order.put(name, Executors.newSingleThreadExecutor(Thread.ofVirtual().factory()));
      return new InMemoryChannel(this, name);
    }

    @Override
    public void join() {
      synchronized (InMemoryGroups.this) {
        joined.add(this);
        side.put(self, 0);
        refresh(false);
      }
      List<CompletableFuture<Void>> delivered = new ArrayList<>();
      order.values().forEach(o -> delivered.add(CompletableFuture.runAsync(() -> {}, o)));
      delivered.forEach(CompletableFuture::join);
    }

    @Override
    public View view() {
      return view;
    }

    @Override
    public void close() {
      kill(this);
      order.values().forEach(ExecutorService::shutdown);
    }

    private void giveUpOn(PeerId gone) {
      awaited
          .getOrDefault(gone, Set.of())
          .forEach(
              answer ->
                  answer.completeExceptionally(
                      new Unreachable(gone.value(), "peer " + gone + " has left", "")));
    }

    private void eachParticipant(Consumer<Participant> what) {
      participants.forEach((name, participant) -> enqueue(name, () -> what.accept(participant)));
    }

    private void enqueue(String channel, Runnable delivery) {
      ExecutorService executor = order.get(channel);
      if (executor != null && !executor.isShutdown()) {
        executor.execute(delivery);
      }
    }
  }

  private final class InMemoryChannel implements Channel {
    private final Peer from;
    private final String name;

    private InMemoryChannel(Peer from, String name) {
      this.from = from;
      this.name = name;
    }

    @Override
    public void broadcast(byte[] message) {
      synchronized (InMemoryGroups.this) {
        others(from).forEach(to -> deliver(to, message));
      }
    }

    @Override
    public void tell(PeerId to, byte[] message) {
      synchronized (InMemoryGroups.this) {
        others(from).stream()
            .filter(peer -> peer.self.equals(to))
            .forEach(p -> deliver(p, message));
      }
    }

    private void deliver(Peer to, byte[] message) {
      Participant participant = to.participants.get(name);
      if (participant != null) {
        to.enqueue(name, () -> participant.onMessage(from.self, message.clone()));
      }
    }

    @Override
    public byte[] ask(PeerId to, byte[] question, Duration limit) {
      CompletableFuture<byte[]> answer = new CompletableFuture<>();
      synchronized (InMemoryGroups.this) {
        Participant participant =
            others(from).stream()
                .filter(peer -> peer.self.equals(to))
                .findFirst()
                .map(peer -> peer.participants.get(name))
                .orElseThrow(
                    () -> new Unreachable(to.value(), "peer " + to + " is not present", ""));
        from.awaited.computeIfAbsent(to, any -> ConcurrentHashMap.newKeySet()).add(answer);
        Thread.ofVirtual().start(() -> answer(participant, question, answer));
      }
      try {
        return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        throw new TimedOut(to.value(), "peer " + to + " did not answer in " + limit, "", e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Unreachable gone && gone.subject().equals(to.value())) {
          throw gone;
        }
        throw e.getCause() instanceof Failure failure
            ? new Refused(failure.subject(), failure.explanation(), "")
            : new Refused(to.value(), String.valueOf(e.getCause()), "", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new TimedOut(to.value(), "interrupted while waiting for peer " + to, "", e);
      } finally {
        from.awaited.getOrDefault(to, Set.of()).remove(answer);
      }
    }

    private void answer(
        Participant participant, byte[] question, CompletableFuture<byte[]> answer) {
      try {
        answer.complete(participant.onQuestion(from.self, question.clone()));
      } catch (RuntimeException e) {
        answer.completeExceptionally(e);
      }
    }
  }
}
