const installer =
  /(?:^|[\s!%;&|(/])(?:pip[\d.]*|conda|mamba|micromamba|apt|apt-get|poetry|pipenv|pdm|pixi)\s+(?:-\S+\s+)*(?:env\s+(?:create|update)|install|add|sync)(?=\s|$)|(?:^|[\s!%;&|(/])uv\s+(?:-\S+\s+)*(?:pip\s+(?:install|sync)|add|sync)(?=\s|$)|(?:^|[\s!;&|(/])easy_install\s+\S/u;

/** Whether a shell line, or a magic of a notebook, installs packages. One that takes nothing from an index is none. */
export function isInstallation(text: string): boolean {
  return installer.test(text) && !/\s--(?:no-index|dry-run|help|version)(?=\s|$)/u.test(text);
}
