package io.dockherd.lab;

/** Is told what goes on while something takes its time. */
@FunctionalInterface
public interface Progress {
  /** Tells nobody. */
  Progress SILENT = step -> {};

  /** Something has been done, or begins: one short line. */
  void step(String step);
}
