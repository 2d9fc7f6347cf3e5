// SPDX-License-Identifier: GPL-3.0-or-later
// The pictures that were opened in this session, as thumbnails to go back to.
#pragma once

#include <QByteArray>
#include <QListWidget>

namespace headlens {

class Filmstrip : public QListWidget {
    Q_OBJECT
public:
    explicit Filmstrip(QWidget* parent = nullptr);

    static constexpr int kThumbnail = 56; // pixels of the longer side

    // Adds a picture under its name (a path, or what a pasted one is called) and makes it current; false when it is
    // there already. `file` holds the bytes of pictures that are no files; the others are read again when chosen.
    bool addPicture(const QString& name, const QByteArray& file = {});
    // Once the engine has decoded it; the window never decodes untrusted files.
    void setThumbnail(const QString& name, const QImage& image);
    QStringList names() const;
    void remove(const QString& name); // a picture that could not be opened
    void select(const QString& name);
    void choose(const QString& name); // as a click on it
    QSize sizeHint() const override { return {400, 92}; }

Q_SIGNALS:
    void chosen(const QString& name, const QByteArray& file);

protected:
    void changeEvent(QEvent* event) override;

private:
    QListWidgetItem* find(const QString& name) const;
};

} // namespace headlens
