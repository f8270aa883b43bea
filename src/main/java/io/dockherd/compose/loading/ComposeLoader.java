package io.dockherd.compose.loading;

import io.dockherd.compose.interpolation.Variables;
import io.dockherd.compose.problems.Problems;
import io.dockherd.compose.yaml.YamlMap;
import io.dockherd.compose.yaml.YamlScalar;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.NotFound;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads a project, from the files it is made of to its one canonical tree. */
public final class ComposeLoader {
  private ComposeLoader() {}

  /**
   * The project a request means.
   *
   * @throws Invalid with every mistake found, each with file, line and column
   * @throws NotFound when no Compose file is where it was looked for
   */
  public static Composition load(ComposeRequest request, SourceFiles sources) {
    Problems problems = new Problems();
    Texts texts = new Texts(sources, request.folder(), problems);
    EnvironmentFiles environments = new EnvironmentFiles(request, texts, problems);
    List<Path> files = new ProjectFiles(request, texts).find(environments.around(request.folder()));
    Path folder = request.projectDirectory().orElseGet(() -> folder(files.getFirst(), request));
    Variables environment = environments.around(folder);
    problems.check();

    FileReading reading = new FileReading(texts, problems);
    String name = new ProjectName(request, reading).of(files, folder, environment);
    Variables variables = Variables.of(Map.of(ProjectName.VARIABLE, name)).or(environment);
    YamlMap merged = new Project(reading, environments).read(files, folder, variables);
    problems.check();

    YamlMap named = merged.with("name", YamlScalar.text(merged.at(), name));
    ActiveServices services = new ActiveServices(request, environment, problems);
    YamlMap active = services.of(ImpliedDependencies.added(named));
    YamlMap complete = new Completion(folder, name, texts, variables, problems).of(active);
    Consistency.check(complete, problems);
    problems.check();
    return new Composition(complete, services.idle(named), problems.warnings(), environment);
  }

  /**
   * What a project is called that somebody calls so: {@code My.Shop} is {@code myshop}.
   *
   * @throws Invalid when nothing is left of it
   */
  public static String projectName(String written) {
    return ProjectName.normal(written);
  }

  private static Path folder(Path first, ComposeRequest request) {
    return first.equals(Texts.STANDARD_INPUT) || first.getParent() == null
        ? request.folder()
        : first.getParent();
  }
}
