/**
 * The table of everything that can be set: each key once, with its default, its unit and why it is
 * so. Flags, environment, configuration file, {@code --help} and docs/settings.md are all read off
 * this table. Way in: {@link io.dockherd.node.settings.SettingsTable}.
 */
package io.dockherd.node.settings;
