// SPDX-License-Identifier: GPL-3.0-or-later
// The middle of the window: the maps (tools, picture, text, layers and heads, film) or whatever lies over them, and
// messages over their lower edge, so that nothing moves away under the mouse.
#pragma once

#include "widgets/views.h"

#include <QList>
#include <QWidget>

class QAction;
class QBoxLayout;
class QStackedWidget;

namespace headlens {

class Canvas;
class TextCaption;
class CanvasTools;
class FilmPlayer;
class LayerScrubber;
class MessageBar;
class TextPane;
class YieldingBox;

class Centre : public QWidget {
    Q_OBJECT
public:
    explicit Centre(const ViewContext& context);

    MessageBar* messages() { return m_messages; } // over all pages
    QStackedWidget* stack() { return m_stack; }   // the maps are its first page
    Canvas* canvas() { return m_canvas; }
    TextPane* text() { return m_text; }
    FilmPlayer* player() { return m_player; }
    void setPlayAction(QAction* play);           // plays through the layers
    void focusMaps();                            // or the text, where there is no picture
    TextCaption* caption() { return m_caption; } // of a text alone
    QList<QWidget*> tools() const;               // above and below the maps; an audience needs none

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* buildMaps(const ViewContext& context);
    QWidget* buildBelow(const ViewContext& context);
    void onModel();
    void placeMessages();

    InspectionModel* m_model;
    MessageBar* m_messages;
    QStackedWidget* m_stack;
    YieldingBox* m_maps = nullptr;
    CanvasTools* m_tools = nullptr;
    QWidget* m_underMaps = nullptr; // layers and heads
    QBoxLayout* m_below = nullptr;
    LayerScrubber* m_layers = nullptr;
    Canvas* m_canvas = nullptr;
    FilmPlayer* m_player = nullptr;
    TextPane* m_text = nullptr;
    TextCaption* m_caption = nullptr;
};

} // namespace headlens
