/** What the hot paths cost, as ratios to the same work done straight by the engines. */
package io.dockherd.bench;
