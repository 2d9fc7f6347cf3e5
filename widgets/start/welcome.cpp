// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/start/welcome.h"

#include "widgets/start/card.h"
#include "widgets/start/card_contents.h"
#include "widgets/start/drop_area.h"
#include "widgets/style/icons.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace headlens {
namespace {

constexpr int kGap = 8, kEdge = 24; // pixels

// The arrows go to the page, which knows the neighbours; Enter presses it.
class Door : public QPushButton {
public:
    explicit Door(Icon which)
    {
        setIcon(headlens::icon(which));
        setAutoDefault(true);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }

protected:
    void keyPressEvent(QKeyEvent* event) override
    {
        const int key = event->key();
        if (key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up || key == Qt::Key_Down)
            return event->ignore();
        QPushButton::keyPressEvent(event);
    }
};

QLabel* centred()
{
    auto* label = new QLabel;
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignCenter);
    return label;
}

} // namespace

Welcome::Welcome(QWidget* parent)
    : QWidget(parent), m_area(new DropArea), m_title(centred()), m_hint(centred()), m_grid(new QGridLayout),
      m_card(new Card({}))
{
    build();
    connect(m_doors[0], &QPushButton::clicked, this, &Welcome::pictureWanted);
    connect(m_doors[1], &QPushButton::clicked, this, &Welcome::sentenceWanted);
    connect(m_doors[2], &QPushButton::clicked, this, &Welcome::modelWanted);
    connect(m_doors[3], &QPushButton::clicked, this, &Welcome::lessonWanted);
    connect(m_card, &Card::clicked, this, &Welcome::exampleWanted);
    connect(m_area, &DropArea::dropped, this, &Welcome::dropped);
    sizeParts();
    retranslate();
}

void Welcome::build()
{
    constexpr std::array<Icon, 4> kDoorIcons{Icon::Picture, Icon::Text, Icon::Model, Icon::Learn};
    for (std::size_t i = 0; i < m_doors.size(); ++i) m_doors[i] = new Door(kDoorIcons[i]);
    m_grid->setSpacing(kGap);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    auto* inside = new QVBoxLayout(m_area);
    inside->setContentsMargins(kEdge, kEdge, kEdge, kEdge);
    inside->setSpacing(kGap);
    inside->addStretch(1);
    inside->addWidget(m_title);
    inside->addWidget(m_hint);
    inside->addSpacing(2 * kGap);
    inside->addLayout(m_grid);
    inside->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2 * kGap);
    layout->addWidget(m_area, 1);
    layout->addWidget(m_card);
}

void Welcome::setExample(const GalleryExample& example)
{
    m_example = example;
    m_card->setContent(contentOf(m_example));
    m_card->setVisible(!example.model.isEmpty());
}

QList<QAbstractButton*> Welcome::doors() const
{
    return {m_doors.begin(), m_doors.end()};
}

QSize Welcome::minimumSizeHint() const
{
    int widest = 0;
    for (const QPushButton* door : m_doors) widest = std::max(widest, door->sizeHint().width());
    return {widest + 2 * kEdge, QWidget::minimumSizeHint().height()};
}

void Welcome::placeDoors()
{
    int widest = 0;
    for (const QPushButton* door : m_doors) widest = std::max(widest, door->sizeHint().width());
    const int across = width() - 2 * kEdge >= 2 * widest + kGap ? 2 : 1;
    if (across == m_across) return;
    m_across = across;
    for (int i = 0; i < int(m_doors.size()); ++i) m_grid->addWidget(m_doors[std::size_t(i)], i / across, i % across);
    m_grid->setColumnStretch(0, 1);
    m_grid->setColumnStretch(1, across - 1);
}

void Welcome::sizeParts()
{
    QFont large = font();
    constexpr double kLarge = 1.6;
    large.setPointSizeF(large.pointSizeF() * kLarge);
    large.setBold(true);
    m_title->setFont(large);
    const int high = fontMetrics().height() * 5 / 2, side = fontMetrics().height() * 5 / 4;
    for (QPushButton* door : m_doors) {
        door->setMinimumHeight(high);
        door->setIconSize({side, side});
    }
    placeDoors();
}

void Welcome::retranslate()
{
    m_title->setText(tr("Drop a picture, a sentence, a model"));
    m_hint->setText(tr("and see what a transformer looks at. Nothing leaves this computer."));
    m_area->setAccessibleName(m_title->text());
    m_doors[0]->setText(tr("Open pictures…"));
    m_doors[1]->setText(tr("Type a sentence"));
    m_doors[2]->setText(tr("Open a model…"));
    m_doors[3]->setText(tr("Take a lesson"));
    setExample(m_example);
    placeDoors();
}

void Welcome::resizeEvent(QResizeEvent* event)
{
    placeDoors();
    QWidget::resizeEvent(event);
}

void Welcome::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    if (event->type() == QEvent::FontChange) sizeParts();
    QWidget::changeEvent(event);
}

} // namespace headlens
