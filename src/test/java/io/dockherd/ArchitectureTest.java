package io.dockherd;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.io.File;
import java.nio.file.Files;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509KeyManager;
import org.junit.jupiter.api.Test;

/** Holds docs/architecture.md's map against the code: arrows run downward only. */
class ArchitectureTest {
  /** Top to bottom; a package may use those after it. */
  private static final List<String> MAP =
      List.of(
          "cli",
          "lab",
          "node",
          "doors",
          "apps",
          "compose",
          "services",
          "edge",
          "fleet",
          "scheduling",
          "access",
          "herd",
          "engine",
          "telemetry",
          "failure");

  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.dockherd");

  @Test
  void arrowsRunDownward() {
    LayeredArchitecture map = layeredArchitecture().consideringOnlyDependenciesInLayers();
    for (String layer : MAP) {
      map = map.optionalLayer(layer).definedBy("io.dockherd." + layer + "..");
    }
    for (int i = 0; i < MAP.size(); i++) {
      String layer = MAP.get(i);
      String[] above = MAP.subList(0, i).toArray(String[]::new);
      map =
          above.length == 0
              ? map.whereLayer(layer).mayNotBeAccessedByAnyLayer()
              : map.whereLayer(layer).mayOnlyBeAccessedByLayers(above);
    }
    map.check(CODE);
  }

  @Test
  void theEngineAndTheHerdDoNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage("io.dockherd.herd..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.dockherd.engine..")
        .check(CODE);
  }

  @Test
  void schedulingIsPure() {
    noClasses()
        .that()
        .resideInAPackage("io.dockherd.scheduling..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx..", "java.net..", "java.nio..", "java.time.Clock")
        .allowEmptyShould(true)
        .check(CODE);
  }

  /** JSON is a value, too: documents of containers are passed on as they were written. */
  @Test
  void modelAndPlanningOfAppsArePure() {
    noClasses()
        .that()
        .resideInAnyPackage("io.dockherd.apps.model..", "io.dockherd.apps.planning..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.dockherd.herd..",
            "io.dockherd.engine..",
            "io.dockherd.telemetry..",
            "io.dockherd.fleet",
            "io.vertx.core",
            "io.vertx.core.http..",
            "java.net..",
            "java.nio.file..",
            "java.util.concurrent..")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(Clock.class, InstantSource.class)
        .check(CODE);
  }

  @Test
  void packagesOfAppsAreFreeOfCycles() {
    slices().matching("io.dockherd.apps.(*)..").should().beFreeOfCycles().check(CODE);
  }

  /** Files come through an interface: a project may be in an archive somebody sent. */
  @Test
  void composeFilesAreReadPurely() {
    noClasses()
        .that()
        .resideInAPackage("io.dockherd.compose..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx..", "java.net..", "java.time.Clock")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(Files.class, File.class)
        .check(CODE);
    slices().matching("io.dockherd.compose.(*)..").should().beFreeOfCycles().check(CODE);
  }

  @Test
  void onlyTheGroupKnowsTheGroupLibrary() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.dockherd.herd.group..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.jgroups..")
        .check(CODE);
  }

  @Test
  void packagesOfTheHerdAreFreeOfCycles() {
    slices().matching("io.dockherd.herd.(*)..").should().beFreeOfCycles().check(CODE);
  }

  /** They need a logging library that is on the tests' class path and not on a node's. */
  @Test
  void nobodyUsesTheWrappersOfVertx() {
    noClasses()
        .should()
        .callMethod(KeyCertOptions.class, "wrap", X509KeyManager.class)
        .orShould()
        .callMethod(TrustOptions.class, "wrap", TrustManager.class)
        .check(CODE);
  }
}
