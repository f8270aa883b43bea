/**
 * What a node does with instances of apps at its own engine: takes them on, starts, watches, stops
 * and clears them away. The way in is {@link io.dockherd.apps.pods.Pods}; docs/pods.md says what it
 * promises. Obeys the steward of an app and knows nothing of planning.
 */
package io.dockherd.apps.pods;
