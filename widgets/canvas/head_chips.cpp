// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/head_chips.h"

#include "widgets/style/look.h"

#include <QEvent>
#include <QFrame>
#include <QGridLayout>
#include <QLabel>
#include <QScreen>
#include <QToolButton>

#include <algorithm>

namespace headlens {
namespace {

constexpr int kGap = 4, kColumns = 8; // of the pad
constexpr int kMost = 420;            // pixels for heads beside each other: the layers need room as well

using Kind = HeadOption::Kind;

// Every choice in a small window of its own; a head without Ctrl closes it.
class HeadPad : public QFrame {
public:
    HeadPad(HeadChoice* heads, QWidget* parent) : QFrame(parent, Qt::Popup)
    {
        setFrameShape(QFrame::StyledPanel);
        setAttribute(Qt::WA_DeleteOnClose);
        setAccessibleName(HeadChips::tr("Heads"));
        auto* grid = new QGridLayout(this);
        grid->setContentsMargins(8, 8, 8, 8);
        grid->setSpacing(kGap);
        int place = 0;
        for (const HeadOption& option : headOptions(heads->headCount())) {
            if (option == HeadOption{Kind::One, 0}) place = (place + kColumns - 1) / kColumns * kColumns;
            QToolButton* chip = headChip(heads, option, this);
            const int wide = option.kind == Kind::One ? 1 : 2;
            grid->addWidget(chip, place / kColumns, place % kColumns, 1, wide);
            place += wide;
            connect(heads, &HeadChoice::changed, chip, [chip, heads, option] { refreshChip(chip, *heads, option); });
            connect(chip, &QToolButton::clicked, this, [this, heads] {
                if (!heads->overlaysHeads()) close();
            });
        }
    }
};

} // namespace

HeadChips::HeadChips(HeadChoice* heads, QWidget* parent)
    : QWidget(parent), m_heads(heads), m_name(new QLabel(this)), m_range(new QToolButton(this))
{
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_range->setCheckable(true);
    m_range->setFocusPolicy(Qt::TabFocus);
    setLook(m_range, Look::Chip);
    connect(m_range, &QToolButton::clicked, this, [this] {
        openPad();
        follow(); // it is ticked for a head, not for the pad
    });
    connect(m_heads, &HeadChoice::changed, this, &HeadChips::follow);
    retranslate();
    follow();
}

void HeadChips::rebuild()
{
    for (const Chip& chip : m_chips) { // one of them may be what was clicked
        chip.button->hide();
        chip.button->deleteLater();
    }
    m_chips.clear();
    for (const HeadOption& option : headOptions(m_heads->headCount())) {
        m_chips.append({option, headChip(m_heads, option, this)});
        setTabOrder(m_chips.last().button, m_range);
    }
    if (m_pad) m_pad->close();
}

void HeadChips::follow()
{
    if (m_chips.size() != headOptions(m_heads->headCount()).size()) {
        rebuild();
        updateGeometry();
    }
    for (const Chip& chip : m_chips) refreshChip(chip.button, *m_heads, chip.option);
    m_range->setText(rangeText());
    m_range->setChecked(m_heads->fusion() == HeadFusion::Single);
    arrange();
}

// The chosen heads, as far as they are few: "5", "3, 7", else how many; "0–15" where none is.
QString HeadChips::rangeText() const
{
    const QList<int> chosen = m_heads->heads();
    if (m_heads->fusion() != HeadFusion::Single) return QStringLiteral("0–%1").arg(m_heads->headCount() - 1);
    if (chosen.size() > 2) return tr("%n heads", nullptr, int(chosen.size()));
    QStringList names;
    for (const int head : chosen) names << QString::number(head);
    return names.join(QStringLiteral(", "));
}

QToolButton* HeadChips::chip(const HeadOption& option) const
{
    const auto hit = std::ranges::find(m_chips, option, &Chip::option);
    return hit == m_chips.end() ? nullptr : hit->button;
}

QWidget* HeadChips::openPad()
{
    m_pad = new HeadPad(m_heads, this);
    m_pad->adjustSize();
    const QRect room = screen()->availableGeometry();
    const QPoint above = m_range->mapToGlobal(QPoint(m_range->width() - m_pad->width(), -m_pad->height() - kGap));
    m_pad->move(std::max(room.left(), above.x()), std::max(room.top(), above.y()));
    m_pad->show();
    return m_pad;
}

int HeadChips::widthOf(const QList<QWidget*>& shown) const
{
    int width = -kGap;
    for (const QWidget* widget : shown) width += widget->sizeHint().width() + kGap;
    return width;
}

QList<QWidget*> HeadChips::shownIn(int width) const
{
    QList<QWidget*> all{m_name}, few{m_name};
    for (const Chip& chip : m_chips) {
        all << chip.button;
        if (chip.option.kind != Kind::One) few << chip.button;
    }
    if (widthOf(all) <= std::min(width, kMost)) return all;
    all.removeFirst(); // the name
    if (widthOf(all) <= std::min(width, kMost) || m_chips.size() == 1) return all;
    few << m_range;
    if (widthOf(few) > width) few.removeFirst(); // the name
    while (few.size() > 1 && widthOf(few) > width) few.removeAt(few.size() - 2);
    return few;
}

void HeadChips::arrange()
{
    const QList<QWidget*> shown = shownIn(width());
    QList<QWidget*> every{m_name, m_range};
    for (const Chip& chip : m_chips) every << chip.button;
    for (QWidget* widget : every) widget->setVisible(shown.contains(widget));
    int x = 0;
    for (QWidget* widget : shown) {
        const QSize size = widget->sizeHint();
        widget->setGeometry(x, (height() - size.height()) / 2, size.width(), size.height());
        x += size.width() + kGap;
    }
}

void HeadChips::retranslate()
{
    m_name->setText(tr("Head"));
    m_range->setAccessibleName(tr("Choose among all heads"));
    m_range->setToolTip(tr("Choose among all heads"));
}

void HeadChips::resizeEvent(QResizeEvent*)
{
    arrange();
}

bool HeadChips::event(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        follow();
    }
    const bool result = QWidget::event(event);
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::StyleChange) arrange();
    return result;
}

QSize HeadChips::sizeHint() const
{
    return {widthOf(shownIn(QWIDGETSIZE_MAX)), minimumSizeHint().height()};
}

QSize HeadChips::minimumSizeHint() const
{
    const QWidget* least = m_chips.size() == 1 ? static_cast<const QWidget*>(m_chips.first().button) : m_range;
    return {least->sizeHint().width(), std::max(m_range->sizeHint().height(), m_name->sizeHint().height())};
}

} // namespace headlens
