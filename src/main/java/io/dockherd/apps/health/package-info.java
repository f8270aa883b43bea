/**
 * Whether an instance is well: the rule that counts what checks say, and the probes a node sends.
 * The way in is {@link io.dockherd.apps.health.HealthWatch}; docs/pods.md has what they promise.
 */
package io.dockherd.apps.health;
