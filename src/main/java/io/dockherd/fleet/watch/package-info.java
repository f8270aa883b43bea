/**
 * What one engine has, told to the herd: a node watches its own engine and tells its containers,
 * images, volumes, networks and load as facts; and how such a fact reads on every other node. Way
 * in: {@link io.dockherd.fleet.watch.EngineWatch} for the owner, {@link
 * io.dockherd.fleet.watch.KnownContainer} for readers.
 */
package io.dockherd.fleet.watch;
