// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/centre.h"

#include "widgets/canvas/canvas.h"
#include "widgets/canvas/canvas_tools.h"
#include "widgets/canvas/head_chips.h"
#include "widgets/canvas/layer_scrubber.h"
#include "widgets/common/message_bar.h"
#include "widgets/common/yielding_box.h"
#include "widgets/panels/film_bar.h"
#include "widgets/style/tokens.h"
#include "widgets/text/text_caption.h"
#include "widgets/text/text_pane.h"
#include "widgets/text/token_strip.h"
#include "widgets/viewmodel/film_player.h"

#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace headlens {
namespace {

QVBoxLayout* bareLayout(QWidget* of)
{
    auto* layout = new QVBoxLayout(of);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    return layout;
}

} // namespace

Centre::Centre(const ViewContext& context)
    : m_model(context.model), m_messages(new MessageBar), m_stack(new QStackedWidget)
{
    auto* layout = bareLayout(this);
    m_stack->addWidget(buildMaps(context));
    layout->addWidget(m_stack, 1);
    m_messages->setParent(this);
    m_messages->raise();
    m_messages->installEventFilter(this);
    m_underMaps->installEventFilter(this);
    connect(m_stack, &QStackedWidget::currentChanged, this, &Centre::placeMessages);
}

// Above the layers and heads; on other pages above the line at their foot.
void Centre::placeMessages()
{
    if (m_messages->isHidden()) return;
    constexpr int kWidest = 760, kFoot = 56;
    const bool isMaps = m_stack->currentIndex() == 0;
    int bottom = isMaps ? height() : height() - kFoot;
    if (isMaps && m_underMaps->isVisibleTo(this)) bottom = m_underMaps->mapTo(this, QPoint(0, 0)).y();
    const int wide = std::min(kWidest, width() - 2 * kGap);
    const int high = std::max(m_messages->heightForWidth(wide), m_messages->minimumSizeHint().height());
    m_messages->setGeometry((width() - wide) / 2, std::max(0, bottom - kGap - high), wide, high);
}

bool Centre::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::Show:
    case QEvent::Hide:
    case QEvent::Move:
    case QEvent::LayoutRequest: placeMessages(); break;
    default: break;
    }
    return QWidget::eventFilter(watched, event);
}

QWidget* Centre::buildMaps(const ViewContext& context)
{
    // A low window keeps the maps: what its tools do, menus and keys do as well.
    enum Rank { kTools, kBelow, kMaps };
    m_maps = new YieldingBox(Qt::Vertical);
    m_canvas = new Canvas(context.model, context.selection, context.display);
    m_player = new FilmPlayer(context.model, this);
    m_text = new TextPane(context.model, context.selection, context.display);
    m_tools = new CanvasTools(context.model, context.selection, context.display);
    m_tools->addBrush(m_canvas->brush());
    m_maps->add(m_tools, kTools);
    m_maps->add(m_canvas, kMaps, 1);
    m_maps->add(m_text, kMaps);
    m_caption = new TextCaption(context.model, context.selection);
    m_maps->add(m_caption, kMaps);
    connect(m_text, &TextPane::pictureWanted, m_canvas, qOverload<>(&QWidget::setFocus));
    m_maps->add(buildBelow(context), kBelow);
    connect(m_model, &InspectionModel::modelChanged, this, &Centre::onModel);
    m_maps->add(new FilmBar(m_player), kMaps);
    return m_maps;
}

QWidget* Centre::buildBelow(const ViewContext& context)
{
    m_underMaps = new QWidget;
    m_underMaps->setEnabled(false); // until there is something to look at
    m_below = new QBoxLayout(QBoxLayout::LeftToRight, m_underMaps);
    constexpr int kBeside = kGap, kAbove = kTight;
    m_below->setContentsMargins(kBeside, kAbove, kBeside, kAbove);
    m_below->setSpacing(kWide);
    m_layers = new LayerScrubber(context.model, context.selection->heads());
    m_below->addWidget(m_layers, 1);
    m_below->addWidget(new HeadChips(context.selection->heads()));
    connect(m_model, &InspectionModel::inputChanged, m_underMaps,
            [this] { m_underMaps->setEnabled(m_model->hasInput()); });
    return m_underMaps;
}

void Centre::setPlayAction(QAction* play)
{
    m_layers->setPlayAction(play);
}

// Where the middle is narrow, heads stand below the layers.
void Centre::resizeEvent(QResizeEvent* event)
{
    constexpr int kNarrow = 680;
    m_below->setDirection(width() < kNarrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    QWidget::resizeEvent(event);
    placeMessages();
}

void Centre::onModel()
{
    const bool looks = m_model->model().takesPictures;
    if (!looks && window()->focusWidget() == m_canvas) m_text->readStrip()->setFocus(Qt::OtherFocusReason);
    m_canvas->setVisible(looks);
    m_maps->setStretch(m_text, looks ? 0 : 1); // a text alone has the whole middle
}

QList<QWidget*> Centre::tools() const
{
    return {m_tools, m_underMaps};
}

void Centre::focusMaps()
{
    if (m_canvas->isVisibleTo(window()))
        m_canvas->setFocus();
    else
        m_text->edit()->setFocus();
}

} // namespace headlens
