// SPDX-License-Identifier: GPL-3.0-or-later
// The whole window over a real engine, offscreen, with a tiny model and a picture open; for tests to derive from.
#pragma once

#include "app/main_window.h"
#include "app/openings.h"
#include "core/imaging/video.h"
#include "tests/support/tiny_model.h"
#include "widgets/viewmodel/live_rows.h"

#include <QApplication>
#include <QDropEvent>
#include <QMimeData>
#include <QMouseEvent>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <algorithm>
#include <memory>

namespace headlens::test {

class WindowStage {
protected:
    void writeFiles()
    {
        TinyModel().write(path("model").toStdString());
        TinyModel other;
        other.distilled = true;
        other.layers = 3;
        other.write(path("other").toStdString());
        TinyModel damaged;
        damaged.changeConfig = [](Json& config) { config["num_attention_heads"] = 7; };
        damaged.write(path("damaged").toStdString());
        writeBytes(path("a.png").toStdString(), gradientPng(60, 40));
        writeBytes(path("b.png").toStdString(), gradientPng(40, 60));
        writeBytes(path("bad.png").toStdString(), "no picture");
        const auto film = createVideo(path("film.avi").toStdString(), 50, 64, 48);
        for (int i = 0; i < kFilmFrames; ++i) {
            Image8 frame(64, 48);
            std::fill(frame.pixels.begin(), frame.pixels.end(), std::uint8_t(10 * i));
            film->add(frame);
        }
        film->finish();
    }
    void openWindow(const QString& language = "en", const QString& theme = "system")
    {
        m_settings = std::make_unique<AppSettings>(path("settings.ini"));
        m_settings->setLanguage(language);
        m_settings->setTheme(theme);
        m_engine = std::make_unique<EngineClient>(QStringList{HEADLENS_CLI, "serve"});
        m_engine->start();
        m_window = std::make_unique<MainWindow>(m_settings.get(), m_engine.get());
        m_window->openings()->openModel(path("model"));
        m_window->openings()->openPictureFile(path("a.png"));
        if (m_opensAt.isValid()) m_window->resize(m_opensAt);
        m_window->show();
        waitForRows();
    }
    void closeWindow()
    {
        m_window.reset();
        m_engine.reset();
    }

    QString path(const char* name) const { return m_folder.filePath(name); }
    Selection& selection() { return *m_window->selection(); }
    InspectionModel& model() { return *m_window->inspection(); }
    void waitForRows()
    {
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && !model().rows()->layers().empty(), 30'000);
    }
    void hover(QWidget* widget, const QPointF& point)
    {
        QMouseEvent move(QEvent::MouseMove, point, widget->mapToGlobal(point), Qt::NoButton, Qt::NoButton,
                         Qt::NoModifier);
        QApplication::sendEvent(widget, &move);
    }
    // Files dropped onto the window, as a file manager does it.
    void drop(const QStringList& paths)
    {
        QMimeData mime;
        QList<QUrl> urls;
        for (const QString& file : paths) urls << QUrl::fromLocalFile(file);
        mime.setUrls(urls);
        QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &enter); // Qt sends drops only where a drag entered
        QVERIFY(enter.isAccepted());
        QDropEvent event(QPointF(50, 50), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &event);
    }

    static constexpr int kFilmFrames = 20;
    QSize m_opensAt{1200, 800};
    QTemporaryDir m_folder;
    std::unique_ptr<AppSettings> m_settings;
    std::unique_ptr<EngineClient> m_engine;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace headlens::test
