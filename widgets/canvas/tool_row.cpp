// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/tool_row.h"

#include <QAction>
#include <QEvent>
#include <QMenu>
#include <QToolButton>

#include <algorithm>
#include <utility>

namespace headlens {
namespace {

constexpr int kGap = 8, kMargin = 8, kAbove = 4;

} // namespace

ToolRow::ToolRow(QWidget* parent) : QWidget(parent), m_more(new QToolButton(this)), m_rest(new QMenu(m_more))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_more->setIcon(icon(Icon::More));
    m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_more->setMenu(m_rest);
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setFocusPolicy(Qt::TabFocus);
    setLook(m_more, Look::Field);
    m_rest->setToolTipsVisible(true);
    connect(m_rest, &QMenu::aboutToShow, this, &ToolRow::fillMore);
    retranslate();
}

QToolButton* ToolRow::makeButton(QAction* action, Look look)
{
    auto* button = new QToolButton(this);
    if (action != nullptr) button->setDefaultAction(action);
    button->setFocusPolicy(Qt::TabFocus); // a click leaves the keys with the picture
    setLook(button, look);
    m_more->raise();
    setTabOrder(button, m_more);
    return button;
}

int ToolRow::add(Part part)
{
    m_parts.push_back(std::move(part));
    return int(m_parts.size()) - 1;
}

int ToolRow::addSegments(const QList<QAction*>& actions, int rank)
{
    Part part;
    for (QAction* action : actions) part.buttons << makeButton(action, Look::Segment);
    part.rank = rank;
    return add(part);
}

int ToolRow::addChip(QAction* action, int rank)
{
    Part part;
    part.buttons << makeButton(action, Look::Chip);
    part.rank = rank;
    return add(part);
}

int ToolRow::addField(QMenu* menu, Icon which, int rank)
{
    QToolButton* button = makeButton(nullptr, Look::Field);
    button->setIcon(icon(which));
    button->setMenu(menu);
    button->setPopupMode(QToolButton::InstantPopup);
    Part part;
    part.buttons << button;
    part.menu = menu;
    part.rank = rank;
    return add(part);
}

void ToolRow::setOffered(int part, bool offered)
{
    if (std::exchange(m_parts[std::size_t(part)].offered, offered) != offered) arrange();
}

void ToolRow::setField(int part, const QString& text, const QString& tip)
{
    QToolButton* field = button(part);
    field->setToolTip(tip);
    if (field->text() == text) return;
    field->setText(text);
    arrange();
}

QToolButton* ToolRow::button(int part) const
{
    return m_parts[std::size_t(part)].buttons.first();
}

bool ToolRow::canShrink(const Part& part)
{
    return std::ranges::none_of(part.buttons, [](const QToolButton* button) { return button->icon().isNull(); });
}

void ToolRow::setState(Part& part, State state)
{
    part.state = state;
    for (QToolButton* button : part.buttons)
        button->setToolButtonStyle(state == State::Icons ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextOnly);
}

// Segments stand side by side without a gap.
int ToolRow::widthOf(const Part& part)
{
    if (part.state == State::Away) return 0;
    int width = kGap;
    for (const QToolButton* button : part.buttons) width += button->sizeHint().width();
    return width;
}

int ToolRow::needed() const
{
    int width = 2 * kMargin - kGap;
    bool away = false;
    for (const Part& part : m_parts) {
        width += widthOf(part);
        away = away || (part.offered && part.state == State::Away);
    }
    return away ? width + m_more->sizeHint().width() + kGap : width;
}

void ToolRow::shrinkTo(int width)
{
    for (Part& part : m_parts) setState(part, part.offered ? State::Words : State::Away);
    std::vector<Part*> byRank;
    for (Part& part : m_parts)
        if (part.offered) byRank.push_back(&part);
    std::ranges::stable_sort(byRank, {}, &Part::rank);
    for (Part* part : byRank)
        if (needed() > width && canShrink(*part)) setState(*part, State::Icons);
    for (Part* part : byRank)
        if (needed() > width) setState(*part, State::Away);
}

int ToolRow::placed(const Part& part, int x) const
{
    for (QToolButton* button : part.buttons) {
        button->setVisible(part.state != State::Away);
        if (part.state == State::Away) continue;
        const QSize size = button->sizeHint();
        button->setGeometry(x, (height() - size.height()) / 2, size.width(), size.height());
        x += size.width();
    }
    return part.state == State::Away ? x : x + kGap;
}

void ToolRow::arrange()
{
    shrinkTo(width());
    for (Part& part : m_parts) part.shown = widthOf(part);
    const bool some =
        std::ranges::any_of(m_parts, [](const Part& part) { return part.offered && part.state == State::Away; });
    int right = width() - kMargin, x = kMargin;
    const QSize size = m_more->sizeHint();
    m_more->setVisible(some);
    m_more->setGeometry(right - size.width(), (height() - size.height()) / 2, size.width(), size.height());
    if (some) right -= size.width() + kGap;
    for (int i = 0; i < int(m_parts.size()); ++i) {
        if (i == m_firstRight) {
            int rest = -kGap;
            for (int k = i; k < int(m_parts.size()); ++k) rest += widthOf(m_parts[std::size_t(k)]);
            x = std::max(x, right - rest);
        }
        x = placed(m_parts[std::size_t(i)], x);
    }
}

void ToolRow::fillMore()
{
    m_rest->clear();
    for (const Part& part : m_parts) {
        if (!part.offered || part.state != State::Away) continue;
        if (part.menu != nullptr) {
            m_rest->addMenu(part.menu);
            continue;
        }
        m_rest->addSeparator();
        for (const QToolButton* button : part.buttons) m_rest->addAction(button->defaultAction());
        m_rest->addSeparator();
    }
}

void ToolRow::retranslate()
{
    m_more->setText(tr("More"));
    m_more->setToolTip(tr("What the row has no room for"));
}

bool ToolRow::event(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    const bool result = QWidget::event(event);
    // Changing their style to measure them asks for a layout again, which would never end.
    const bool asArranged = std::ranges::all_of(m_parts, [](const Part& part) { return part.shown == widthOf(part); });
    const bool anew = event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange;
    if (anew || (event->type() == QEvent::LayoutRequest && !asArranged)) arrange();
    return result;
}

void ToolRow::resizeEvent(QResizeEvent*)
{
    arrange();
}

QSize ToolRow::sizeHint() const
{
    int width = 2 * kMargin - kGap;
    for (const Part& part : m_parts) {
        if (!part.offered) continue;
        width += kGap;
        for (const QToolButton* button : part.buttons)
            width += std::max(button->sizeHint().width(), button->fontMetrics().horizontalAdvance(button->text()));
    }
    return {width, minimumSizeHint().height()};
}

QSize ToolRow::minimumSizeHint() const
{
    int height = m_more->sizeHint().height();
    for (const Part& part : m_parts)
        for (const QToolButton* button : part.buttons) height = std::max(height, button->sizeHint().height());
    return {m_more->sizeHint().width() + 2 * kMargin, height + 2 * kAbove};
}

} // namespace headlens
