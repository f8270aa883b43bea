package io.dockherd.apps.health;

import io.dockherd.apps.model.HealthCheck.Probe;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Asks from this node: over the ports of its host, and by commands in containers. */
public final class NodeProber implements Prober {
  private final CommandRun commands;

  /** Runs a command in a container; whatever goes wrong is the outcome. */
  @FunctionalInterface
  public interface CommandRun {
    /** Waits until it has ended, or the limit has passed. */
    Outcome run(String container, List<String> command, Duration limit);
  }

  /** A prober that has commands run by that one. */
  public NodeProber(CommandRun commands) {
    this.commands = Objects.requireNonNull(commands, "commands");
  }

  @Override
  public Outcome probe(Probe probe, Target target, Duration limit) {
    return switch (probe) {
      case Probe.Http http ->
          endpoint(target, http.portIndex(), http.port())
              .map(at -> HttpProbe.ask(at, http, limit))
              .orElseGet(() -> noPort(http.portIndex()));
      case Probe.Tcp tcp ->
          endpoint(target, tcp.portIndex(), tcp.port())
              .map(at -> connect(at, limit))
              .orElseGet(() -> noPort(tcp.portIndex()));
      case Probe.Command command -> run(command, target, limit);
    };
  }

  /** Empty when the pod has no such port. */
  private static Optional<Endpoint> endpoint(Target target, int index, int port) {
    if (index < 0) {
      return Optional.of(new Endpoint(target.host(), port));
    }
    return index < target.endpoints().size()
        ? Optional.of(target.endpoints().get(index))
        : Optional.empty();
  }

  private static Outcome noPort(int index) {
    return new Outcome.Ill("the app has no port of index " + index);
  }

  private static Outcome connect(Endpoint at, Duration limit) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(at.address(), at.port()), millis(limit));
      return new Outcome.Well();
    } catch (SocketTimeoutException e) {
      return new Outcome.Ill(at.address() + ":" + at.port() + " did not answer in time");
    } catch (IOException e) {
      return new Outcome.Ill(at.address() + ":" + at.port() + ": " + e.getMessage());
    }
  }

  private Outcome run(Probe.Command command, Target target, Duration limit) {
    String name = command.container().isEmpty() ? target.primary() : command.container();
    String id = target.containers().getOrDefault(name, "");
    return id.isEmpty()
        ? new Outcome.Ill("there is no container '" + name + "' in the pod")
        : commands.run(id, command.command(), limit);
  }

  static int millis(Duration limit) {
    return Math.clamp(limit.toMillis(), 1, Integer.MAX_VALUE);
  }
}
