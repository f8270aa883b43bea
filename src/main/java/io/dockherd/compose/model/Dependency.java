package io.dockherd.compose.model;

/**
 * That a service needs another one.
 *
 * <pre>
 * db: {condition: service_healthy, restart: true, required: true}
 * </pre>
 *
 * @param isRestartedWith whether the service is restarted when the herd restarts what it needs
 * @param isRequired whether it can't do without
 */
public record Dependency(Condition condition, boolean isRestartedWith, boolean isRequired) {
  /** What has to be so before the service is started. */
  public enum Condition {
    /** {@code service_started}. */
    STARTED,
    /** {@code service_healthy}: its health check says so. */
    HEALTHY,
    /** {@code service_completed_successfully}: it has ended with 0. */
    COMPLETED
  }
}
