"""``studyhall presets``: look at the rule sheets, and copy one to change it."""

import html
import re
import shutil
from pathlib import Path

from bot.commands.outcome import Failed, presets_or_fail, read_config
from bot.commands.terminal import out
from handlers.present.rule_sheet import chapters
from handlers.texts import Texts
from quizzes.presets import SHIPPED, Preset, file_of

_TAG = re.compile(r"<[^<>]*>")


def listed(config_path: Path) -> None:
    """Print every preset with its title and where it comes from."""
    config, t = read_config(config_path)
    for name, preset in presets_or_fail(config, t).items():
        file = file_of(name, config.contest.own_presets)
        own = file is not None and file.parent != SHIPPED
        origin = str(file) if own else t("comes with the bot")
        out.print(f"{name}  {_title(preset, t)}  ({origin})", markup=False)


def shown(config_path: Path, name: str) -> None:
    """Print the rules of a preset in words."""
    config, t = read_config(config_path)
    preset = _named(presets_or_fail(config, t), name, t)
    out.print(f"{preset.name}  {_title(preset, t)}", markup=False)
    for chapter, lines in chapters(preset.rules, t):
        out.print(f"\n{chapter}", markup=False)
        for line in lines:
            out.print(f"• {html.unescape(_TAG.sub('', line))}", markup=False)


def copied(config_path: Path, name: str, new_name: str | None) -> None:
    """Copy the file of a preset into the programme's own folder, under its name or a new one.

    Raises:
        Failed: no folder is configured, there is no such preset, or the file is there already.
    """
    config, t = read_config(config_path)
    folder = config.contest.own_presets
    if folder is None:
        raise Failed(t('Name a folder of your own first: [contest] presets = "presets" in {path}', path=config_path))
    file = file_of(name, folder)
    if file is None:
        known = t(", ").join(path.stem for path in sorted(SHIPPED.glob("*.toml")))
        raise Failed(t("There is no contest called “{name}”. There are: {known}", name=name, known=known))
    copy = folder / f"{new_name or name}.toml"
    if copy.parent.resolve() != folder.resolve():
        raise Failed(t("{name} is no name for a preset.", name=new_name))
    if copy.exists():
        raise Failed(t("{path} is there already; nothing was changed.", path=copy))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
    except OSError as error:
        raise Failed(t("{path} cannot be written: {reason}", path=copy, reason=error.strerror or str(error))) from error
    out.print(t("Copied to {path}. Change it, then run studyhall check.", path=copy), markup=False)


def _named(presets: dict[str, Preset], name: str, t: Texts) -> Preset:
    preset = presets.get(name)
    if preset is None:
        known = t(", ").join(presets)
        raise Failed(t("There is no contest called “{name}”. There are: {known}", name=name, known=known))
    return preset


def _title(preset: Preset, t: Texts) -> str:
    return preset.title.get(t.language) or next(iter(preset.title.values()))
