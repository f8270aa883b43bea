/**
 * What the start-up caches are made from: the start of each role gone through once, at build time,
 * without root, Docker or any network but loopback. Way in: {@link
 * io.dockherd.cli.training.StartUpCaches}.
 */
package io.dockherd.cli.training;
