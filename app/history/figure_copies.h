// SPDX-License-Identifier: GPL-3.0-or-later
// The canvas as a picture that goes elsewhere: into the clipboard, or dragged into another program; and the command
// that makes the same figure.
#pragma once

#include <QImage>
#include <QObject>
#include <QString>

#include <memory>

class QMimeData;
class QTemporaryDir;

namespace headlens {

class Canvas;
class FigureExport;
class MessageBar;
class Workbench;

// What is painted there at so many dots a point.
QImage pictureOf(Canvas* canvas, double scale = 2);

class FigureCopies : public QObject {
    Q_OBJECT
public:
    struct Parts {
        Canvas* canvas;
        FigureExport* figures;
        Workbench* bench;
        MessageBar* messages;
    };
    FigureCopies(const Parts& parts, QObject* parent);
    ~FigureCopies() override;

    void copyFigure();  // PNG, and SVG beside it where the engine draws one
    void copyCommand(); // for a shell
    // PNG as data and as a file: browsers take the one, file managers the other. Owned by the caller.
    QMimeData* dragged();
    QString command() const; // empty: there is none, and why not was said

private:
    void putIntoClipboard(const QImage& image, const QByteArray& svg);
    QString fileName() const;
    QString refusal() const; // why no command makes this figure

    Parts m_parts;
    std::unique_ptr<QTemporaryDir> m_folder; // of dragged files: the other program reads them later
    int m_copies = 0;                        // an SVG that comes late is of an older one
};

} // namespace headlens
