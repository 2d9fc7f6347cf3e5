// SPDX-License-Identifier: GPL-3.0-or-later
// How the window is laid out: at its first start, as it was left, as asked for, and as at first again.
#pragma once

#include <QByteArray>
#include <QObject>
#include <QSize>

class QMainWindow;

namespace headlens {

class AppSettings;
class DockVisibility;
class Presenter;
class HiddenDocks;
class ScreenFit;
class StartScreen;
class ViewDocks;

class WindowLayout : public QObject {
    Q_OBJECT
public:
    static constexpr int kVersion = 8; // raise it when a dock is added: old layouts are then not restored
    static constexpr QSize kUsualSize{1280, 820};

    struct Parts {
        QMainWindow* window;
        ViewDocks* docks;
        HiddenDocks* quiet;
        DockVisibility* offers;
        ScreenFit* fit;
        Presenter* presenter;
        StartScreen* start;
        AppSettings* settings;
    };
    explicit WindowLayout(const Parts& parts);

    void begin(); // with all docks and menus there
    void reset();
    void remember(); // for the next start
    // As --size asks: stays so on a smaller screen, which a picture of the window has no need of.
    void setSize(const QSize& size);

private:
    Parts m_parts;
    QByteArray m_first;
};

} // namespace headlens
