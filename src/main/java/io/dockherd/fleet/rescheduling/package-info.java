/**
 * Containers that are made anew elsewhere when their node is lost, because somebody wants it so.
 * The way in is {@link io.dockherd.fleet.rescheduling.Rescheduler}; docs/operations.md says what it
 * promises.
 */
package io.dockherd.fleet.rescheduling;
