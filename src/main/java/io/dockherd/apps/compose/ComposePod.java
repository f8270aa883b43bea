package io.dockherd.apps.compose;

import io.dockherd.apps.model.ContainerSpec;
import io.dockherd.apps.model.NamedNetwork;
import io.dockherd.apps.model.NamedVolume;
import io.dockherd.apps.model.PodSpec.Resources;
import io.dockherd.apps.model.PortSpec;
import io.dockherd.compose.interpolation.Variables;
import io.dockherd.compose.loading.ComposeLoader;
import io.dockherd.compose.loading.ComposeRequest;
import io.dockherd.compose.loading.Composition;
import io.dockherd.compose.loading.ResourceSum;
import io.dockherd.compose.model.Build;
import io.dockherd.compose.model.Content;
import io.dockherd.compose.model.Project;
import io.dockherd.compose.model.Service;
import io.dockherd.failure.NotFound;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The pod that Compose files say which a node has fetched for one instance. What carries names
 * carries the instance's task id; published ports are the node's.
 *
 * @param containers the primary first
 * @param ports in the order the node's were taken
 * @param networks that the containers are in
 * @param volumes that they mount
 * @param builds image → how it is built, before the containers are made
 * @param warnings what will be otherwise than it looks
 */
public record ComposePod(
    List<ContainerSpec> containers,
    List<PortSpec> ports,
    List<NamedNetwork> networks,
    List<NamedVolume> volumes,
    Map<String, Build> builds,
    List<String> warnings) {
  private static final int MOST_BYTES = 4 << 20;

  public ComposePod {
    containers = List.copyOf(containers);
    ports = List.copyOf(ports);
    networks = List.copyOf(networks);
    volumes = List.copyOf(volumes);
    builds = Collections.unmodifiableMap(new LinkedHashMap<>(builds));
    warnings = List.copyOf(warnings);
  }

  /**
   * What is to be read.
   *
   * @param folder the instance's own, to which all was fetched; nothing outside is read, whatever
   *     the files say
   * @param files below it, as their names were given
   * @param environment what variables in them stand for
   * @param taskId of the instance; see {@link io.dockherd.apps.model.Instance#taskId}
   * @param ports of the host that were chosen for the instance, in order
   * @param granted what the app asks for its instance: services that ask for more together are
   *     warned of
   */
  public record Request(
      Path folder,
      List<String> files,
      Map<String, String> environment,
      String taskId,
      List<Integer> ports,
      Resources granted) {
    public Request {
      Objects.requireNonNull(folder, "folder");
      files = List.copyOf(files);
      environment = Map.copyOf(environment);
      Objects.requireNonNull(taskId, "taskId");
      ports = List.copyOf(ports);
      Objects.requireNonNull(granted, "granted");
    }

    /** {@code shop_web.6f1f…} is {@code shop_web_6f1f…}: a name a Compose project may have. */
    String project() {
      String name = taskId.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "_");
      return name.replaceFirst("^[_-]+", "");
    }
  }

  /**
   * Reads the files and says what pod they are.
   *
   * @throws io.dockherd.failure.Failure when a file is not there, is outside, or says what can't be
   *     run; or when there are fewer ports than are published
   */
  public static ComposePod read(Request request) {
    FolderFiles files = new FolderFiles(request.folder());
    Composition composition =
        ComposeLoader.load(
            new ComposeRequest(
                request.folder(),
                request.files().stream().map(Path::of).toList(),
                Optional.empty(),
                Optional.of(request.project()),
                List.of(),
                List.of(),
                List.of(),
                request.environment()),
            files);
    List<String> warnings =
        new ArrayList<>(composition.warnings().stream().map(Object::toString).toList());
    ResourceSum.ofLimits(composition)
        .objection(
            BigDecimal.valueOf(request.granted().nanoCpus(), 9), request.granted().memoryBytes())
        .ifPresent(warnings::add);
    return of(composition.project(), request, contents(files, composition.environment()), warnings);
  }

  private static ComposePod of(
      Project project, Request request, Contents contents, List<String> warnings) {
    Findings findings = new Findings(request.taskId());
    ComposeApps.checkSize(project, findings);
    List<Service> services = ComposeApps.primaryFirst(project, findings);
    List<Member> members = ComposeApps.members(services);
    if (members.isEmpty()) {
      findings.refuse("the files have no service that is to run", "add one, or a profile less");
    }
    checkBuilds(project, request.folder(), findings);
    BuiltImages.tell(project, findings);
    new UnheardWishes(findings).tell(project);
    PodWriter pod =
        new PodWriter(
            project,
            Scope.TASK,
            members,
            new GrantedFiles(project, contents, findings),
            Optional.of(request.ports()),
            findings);
    List<ContainerSpec> containers = pod.containers();
    List<PortSpec> ports = pod.ports();
    List<NamedNetwork> networks = pod.things().networks(services);
    List<NamedVolume> volumes = pod.things().volumes(services);
    findings.check();
    warnings.addAll(findings.warnings());
    return new ComposePod(containers, ports, networks, volumes, BuiltImages.of(project), warnings);
  }

  private static void checkBuilds(Project project, Path folder, Findings findings) {
    BuiltImages.of(project)
        .forEach(
            (image, build) -> {
              if (!BuildCall.isOfAddress(build) && !isWithin(folder, Path.of(build.context()))) {
                findings.refuse(
                    "the image "
                        + image
                        + " is built from "
                        + build.context()
                        + ", which is outside of what was fetched",
                    "pack it with the rest");
              }
            });
  }

  /** As it is written, and, where it is there, wherever links on the way to it lead. */
  private static boolean isWithin(Path folder, Path context) {
    try {
      return context.normalize().startsWith(folder.normalize())
          && (!Files.exists(context) || context.toRealPath().startsWith(folder.toRealPath()));
    } catch (IOException e) {
      throw new NotFound(context.toString(), context + " can't be read: " + e.getMessage(), "", e);
    }
  }

  private static Contents contents(FolderFiles files, Variables environment) {
    return content ->
        switch (content) {
          case Content.OfFile file -> Buffer.buffer(bytes(files, Path.of(file.path())));
          case Content.OfEnvironment variable ->
              Buffer.buffer(
                  environment
                      .value(variable.variable())
                      .orElseThrow(() -> missing(variable.variable(), "no such variable")));
          case Content.Inline inline -> Buffer.buffer(inline.text());
          case Content.External external -> Buffer.buffer();
        };
  }

  private static byte[] bytes(FolderFiles files, Path file) {
    try {
      return files
          .read(file, MOST_BYTES)
          .orElseThrow(() -> missing(file.toString(), "no such file was fetched"));
    } catch (IOException e) {
      throw new NotFound(file.toString(), file + " can't be read: " + e.getMessage(), "", e);
    }
  }

  private static NotFound missing(String what, String why) {
    return new NotFound(what, why + ": " + what, "");
  }
}
