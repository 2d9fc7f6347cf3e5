// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/help/help_rows.h"

#include "app/help/glossary.h"
#include "widgets/common/mnemonics.h"

#include <QAction>
#include <QCoreApplication>
#include <QMenu>
#include <QMenuBar>
#include <QPalette>

namespace headlens {
namespace {

struct Gesture {
    const char *where, *gesture, *does;
};

constexpr Gesture kGestures[] = {
    {QT_TRANSLATE_NOOP("Help", "Picture"), QT_TRANSLATE_NOOP("Help", "Mouse over a patch"),
     QT_TRANSLATE_NOOP("Help", "it becomes the query, and all maps follow")},
    {"Picture", QT_TRANSLATE_NOOP("Help", "Click"),
     QT_TRANSLATE_NOOP("Help", "pins the query; the mouse then reads the weight of any other patch")},
    {"Picture", QT_TRANSLATE_NOOP("Help", "Arrows, Enter"), QT_TRANSLATE_NOOP("Help", "move the query, pin it")},
    {"Picture", QT_TRANSLATE_NOOP("Help", "Wheel, + and −"), QT_TRANSLATE_NOOP("Help", "zoom")},
    {"Picture", QT_TRANSLATE_NOOP("Help", "Shift and drag"), QT_TRANSLATE_NOOP("Help", "moves the picture")},
    {"Picture", QT_TRANSLATE_NOOP("Help", "Double click"), QT_TRANSLATE_NOOP("Help", "resets the zoom")},
    {"Picture", QT_TRANSLATE_NOOP("Help", "Alt and drag"),
     QT_TRANSLATE_NOOP("Help", "carries the figure into another program")},
    {"Picture", QT_TRANSLATE_NOOP("Help", "Brush: drag"),
     QT_TRANSLATE_NOOP("Help",
                       "hides or covers patches; the right button erases, Space paints the query, Esc ends it")},
    {QT_TRANSLATE_NOOP("Help", "Heads"), "Click", QT_TRANSLATE_NOOP("Help", "chooses the head")},
    {"Heads", QT_TRANSLATE_NOOP("Help", "Ctrl and click"),
     QT_TRANSLATE_NOOP("Help", "lays the head over the chosen one, in another colour")},
    {"Heads", QT_TRANSLATE_NOOP("Help", "Arrows"), QT_TRANSLATE_NOOP("Help", "go from head to head")},
    {"Heads", QT_TRANSLATE_NOOP("Help", "X"), QT_TRANSLATE_NOOP("Help", "silences the head, or lets it write again")},
    {"Heads", QT_TRANSLATE_NOOP("Help", "Shift and drag"),
     QT_TRANSLATE_NOOP("Help", "draws a band: the heads it touches go off together, or write again")},
    {"Heads", QT_TRANSLATE_NOOP("Help", "Middle button, drag up or down"),
     QT_TRANSLATE_NOOP("Help", "makes the head louder or softer; without a drag it is silenced")},
    {"Heads", QT_TRANSLATE_NOOP("Help", "Right click"), QT_TRANSLATE_NOOP("Help", "what else can be done with it")},
    {QT_TRANSLATE_NOOP("Help", "Text"), "Shift and drag",
     QT_TRANSLATE_NOOP("Help", "hides words from the model, or lets it see them again")},
    {QT_TRANSLATE_NOOP("Help", "Layers"), QT_TRANSLATE_NOOP("Help", "Click, drag, wheel, arrows"),
     QT_TRANSLATE_NOOP("Help", "choose the layer")},
    {QT_TRANSLATE_NOOP("Help", "Commands"), QT_TRANSLATE_NOOP("Help", "5.3, layer 5, token 7, patch 3,5"),
     QT_TRANSLATE_NOOP("Help", "typed there, go to this head, layer, token or patch")},
    {QT_TRANSLATE_NOOP("Help", "Presenter mode"), QT_TRANSLATE_NOOP("Help", "Space, Right, Page down"),
     QT_TRANSLATE_NOOP("Help", "go on in the lesson")},
    {"Presenter mode", QT_TRANSLATE_NOOP("Help", "Backspace, Left, Page up"), QT_TRANSLATE_NOOP("Help", "go back")},
    {"Presenter mode", QT_TRANSLATE_NOOP("Help", "0 to 9"),
     QT_TRANSLATE_NOOP("Help", "choose a head, or an answer where the lesson asks for one")},
    {"Presenter mode", QT_TRANSLATE_NOOP("Help", "Ctrl and +, − or 0"), QT_TRANSLATE_NOOP("Help", "size of the type")},
    {"Presenter mode", QT_TRANSLATE_NOOP("Help", "Esc"), QT_TRANSLATE_NOOP("Help", "leaves it")},
    {QT_TRANSLATE_NOOP("Help", "Window"), QT_TRANSLATE_NOOP("Help", "Drop a file or folder"),
     QT_TRANSLATE_NOOP("Help", "opens a picture, film, model or session")},
};

QString said(const char* text)
{
    return QCoreApplication::translate("Help", text);
}

void addKeys(const QMenu& menu, const QString& section, QList<HelpRow>& rows)
{
    for (const QAction* action : menu.actions()) {
        if (action->menu() != nullptr) addKeys(*action->menu(), section, rows);
        const QString text = withoutMnemonic(action->text()).section(QLatin1Char('\t'), 0, 0);
        const QString keys = QKeySequence::listToString(action->shortcuts(), QKeySequence::NativeText);
        if (!keys.isEmpty() && !text.isEmpty()) rows.append({section, keys, text, {}});
    }
}

bool holds(const HelpRow& row, const QString& typed)
{
    return row.left.contains(typed, Qt::CaseInsensitive) || row.right.contains(typed, Qt::CaseInsensitive) ||
           row.section.contains(typed, Qt::CaseInsensitive);
}

QString lineOf(const HelpRow& row, bool isMarked, const QPalette& colours)
{
    const QString name = row.id.isEmpty() ? QString() : QStringLiteral("<a name=\"%1\"></a>").arg(row.id);
    const QString look =
        isMarked ? QStringLiteral(" bgcolor=\"%1\"").arg(colours.color(QPalette::AlternateBase).name()) : QString();
    return QStringLiteral("<tr%1><td width=\"32%\">%2<b>%3</b></td><td>%4</td></tr>")
        .arg(look, name, row.left.toHtmlEscaped(), row.right.toHtmlEscaped());
}

} // namespace

QList<HelpRow> keyRows(const QMenuBar& menus)
{
    QList<HelpRow> rows;
    for (const QAction* menu : menus.actions())
        if (menu->menu() != nullptr) addKeys(*menu->menu(), withoutMnemonic(menu->text()), rows);
    return rows;
}

QList<HelpRow> gestureRows()
{
    QList<HelpRow> rows;
    for (const Gesture& one : kGestures) rows.append({said(one.where), said(one.gesture), said(one.does), {}});
    return rows;
}

QList<HelpRow> wordRows()
{
    QList<HelpRow> rows;
    for (const GlossaryWord& one : glossary())
        rows.append({{}, one.translatedWord(), one.translatedMeaning(), QString::fromLatin1(one.id)});
    return rows;
}

QString pageOf(const QList<HelpRow>& rows, const QString& typed, const QString& marked, const QPalette& colours)
{
    QString page, section;
    for (const HelpRow& row : rows) {
        if (!holds(row, typed)) continue;
        const bool begins = page.isEmpty() || row.section != section;
        if (begins && !page.isEmpty()) page += QStringLiteral("</table>");
        section = row.section;
        if (begins && !section.isEmpty()) page += QStringLiteral("<h4>%1</h4>").arg(section.toHtmlEscaped());
        if (begins) page += QStringLiteral("<table width=\"100%\" cellspacing=\"0\" cellpadding=\"4\">");
        page += lineOf(row, !marked.isEmpty() && row.id == marked, colours);
    }
    if (!page.isEmpty()) return page + QStringLiteral("</table>");
    return QStringLiteral("<p>%1</p>")
        .arg(said(QT_TRANSLATE_NOOP("Help", "Nothing here speaks of “%1”.")).arg(typed).toHtmlEscaped());
}

} // namespace headlens
